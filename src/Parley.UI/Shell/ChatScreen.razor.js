// The keyboard's way around.
import { nameOf } from '../shortcuts.js';
import { adopt, adoptionOf, boxNow, focusIn, holdKeysFor, until } from '../typing.js';

export function attach(dotnet, screen) {
  const leaving = new AbortController();

  // A press may lead anywhere: keys wait until the program has done with it, the box writes to what is in view then, and what was opened has the focus.
  // The framework hears of the press first.
  const afterPress = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    const room = await dotnet.invokeMethodAsync('NavigationDoneAsync').catch(() => null); // Where this screen is gone by then, another one has its box.
    await arrived(room);
  };
  // The program's answer may overtake what it draws.
  const arrived = async (room) => {
    await until(() => room === null || boxNow()?.closest('form').dataset.room === room);
    await adoptionOf(boxNow());
    await focusIn('dialog, .emoji'); // It stands in the page a moment before it is open.
  };

  const options = { capture: true, signal: leaving.signal };
  document.addEventListener(
    'click',
    (event) => {
      if (!event.ctrlKey && !event.shiftKey && !event.metaKey && event.target.closest('a[href], button, [role="option"]')) holdKeysFor(afterPress());
    },
    options,
  );
  document.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.matches('[role="combobox"]') && holdKeysFor(afterPress()), options);

  // In the text box of a message these two have nothing to do, and the eye is on the list.
  const scrollList = (event) => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    const list = document.activeElement?.matches('.composer__box') ? document.activeElement.closest('.chat__main').querySelector('[role="log"]') : null;
    if (list === null) return;
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
      if (name === null || name === 'Emoji') return;
      event.preventDefault();
      if (name === 'Notifications') return press(document.querySelector('[data-notifications]'));
      if (name === 'Members') return press(inPage('[data-members]'));
      const answer = dotnet.invokeMethodAsync('PressAsync', name);
      answer.catch(() => {}); // One that failed says nothing of the next.
      if (name === 'Go') holdKeysFor(until(() => document.querySelector('dialog')).then(() => answer).then(arrived));
      else if (event.altKey) holdKeysFor(answer.then(arrived));
    },
    { signal: leaving.signal },
  );
  if (screen) adopt(screen); // What was pressed before is pressed now.
}
