// The keyboard's way around.
import { nameOf } from '../shortcuts.js';
import { adopt, holdKeysFor } from '../typing.js';

export function attach(dotnet, screen) {
  const leaving = new AbortController();

  // On the way to another conversation, or to what opens, the keys wait for it. The framework hears of the event first.
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return await dotnet.invokeMethodAsync('SettleAsync');
  };
  const options = { capture: true, signal: leaving.signal };
  document.addEventListener(
    'click',
    (event) => {
      if (event.ctrlKey || event.shiftKey || event.metaKey) return;
      if (event.target.closest('[data-goes]')) holdKeysFor(settle());
      else if (event.target.closest('[data-emoji]')) holdKeysFor(settle(), '.emoji');
    },
    options,
  );
  document.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.matches('input[data-goes]') && holdKeysFor(settle()), options);

  // In the text box of a message these two have nothing to do, and the eye is on the list.
  const scrollList = (event) => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    const list = document.querySelector('[role="log"]');
    if (list === null || document.activeElement?.tagName !== 'TEXTAREA') return;
    event.preventDefault();
    list.scrollBy({ top: (event.key === 'PageUp' ? -0.85 : 0.85) * list.clientHeight });
  };

  // What it opens stands beside what has the focus, and gives it back.
  const press = (button) => {
    if (button?.hasAttribute('aria-haspopup')) button.focus();
    button?.click();
  };

  const inPage = (selector) => [...document.querySelectorAll(selector)].find((element) => element.offsetParent !== null);

  document.addEventListener(
    'keydown',
    (event) => {
      if (screen?.isConnected !== true) return leaving.abort(); // Its keys go with it; another one has its own.
      const name = nameOf(event);
      const open = document.querySelector('dialog[open], :popover-open');
      if (open !== null) {
        if (name !== 'Members') return;
        event.preventDefault(); // A browser would show the page's source.
        if (open.querySelector('.members')) open.hidePopover();
        return;
      }
      scrollList(event);
      if (name === null) return;
      event.preventDefault();
      if (name === 'Notifications') return press(document.querySelector('[data-notifications]'));
      if (name === 'Members') return press(inPage('[data-members]'));
      const answer = dotnet.invokeMethodAsync('PressAsync', name);
      answer.catch(() => {}); // One that failed says nothing of the next.
      if (name === 'Go') holdKeysFor(answer, 'dialog');
      else if (event.altKey) holdKeysFor(answer);
    },
    { signal: leaving.signal },
  );
  if (screen) adopt(screen); // What was pressed before is pressed now.
}
