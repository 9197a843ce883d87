// The chat screen's shortcuts, and the keys that come before the screen shows what they are meant for.
import { activeComposer } from '../composer-focus.js';
import '../context-point.js'; // From now on, not from the first menu on.
import { openOverlay } from '../focus.js';
import { holdKeysFor, markReady, until, whenReady } from '../key-queue.js';
import { call } from '../program.js';
import { composerShortcuts, nameOf } from '../shortcuts.js';

export function attach(dotnet, screen) {
  const lifetime = new AbortController();

  // A click may open anything or lead anywhere: keys wait until the program is done with it and the page shows the result. Blazor handles the click first.
  const afterClick = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await pageShows(await call(dotnet, 'NavigationDoneAsync'));
  };
  // The program may answer before the page shows what it has drawn. Where it does not answer, this screen may be gone; the next one has its own composer.
  const pageShows = async (room) => {
    await until(() => (room ?? null) === null || activeComposer()?.form.dataset.room === room);
    await whenReady(activeComposer());
    await until(hasFocusInside);
  };
  // What takes typed text is in the page a moment before it is open and has the focus.
  const hasFocusInside = () => {
    const opened = document.querySelector('dialog, [data-takes-typing]');
    return opened === null || opened.contains(document.activeElement);
  };

  const options = { capture: true, signal: lifetime.signal };
  document.addEventListener(
    'click',
    (event) => {
      if (!event.ctrlKey && !event.shiftKey && !event.metaKey && event.target.closest('a[href], button, [role="option"]')) holdKeysFor(afterClick());
    },
    options,
  );
  document.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.matches('[role="combobox"]') && holdKeysFor(afterClick()), options);

  // Page up and page down scroll the message list while the composer has the focus.
  const scrollList = (event) => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    const list = document.activeElement?.matches('[data-composer-box]') ? document.activeElement.closest('main').querySelector('[role="log"]') : null;
    if (list === null) return;
    event.preventDefault();
    list.scrollBy({ top: (event.key === 'PageUp' ? -0.85 : 0.85) * list.clientHeight });
  };

  // A popover opens beside what has the focus, and gives the focus back to it.
  const press = (button) => {
    if (button?.hasAttribute('aria-haspopup')) button.focus();
    button?.click();
  };

  const visible = (selector) => [...document.querySelectorAll(selector)].find((element) => element.offsetParent !== null);

  document.addEventListener(
    'keydown',
    (event) => {
      if (screen?.isConnected !== true) return lifetime.abort(); // Another screen has its own listener.
      const name = nameOf(event);
      const overlay = openOverlay();
      if (overlay !== null) {
        if (name !== 'Members') return;
        event.preventDefault(); // Ctrl+U would show the page's source.
        if (overlay.querySelector('[data-member-list]')) overlay.hidePopover();
        return;
      }
      scrollList(event);
      if (name === null || composerShortcuts.has(name)) return;
      event.preventDefault();
      if (name === 'Notifications') return press(document.querySelector('[data-notifications]'));
      if (name === 'Members') return press(visible('[data-members]'));
      const answer = call(dotnet, 'PressAsync', name);
      if (name === 'QuickSwitcher') holdKeysFor(until(() => document.querySelector('dialog')).then(() => answer).then(pageShows));
      else if (event.altKey) holdKeysFor(answer.then(pageShows));
    },
    { signal: lifetime.signal },
  );
  if (screen) markReady(screen);
}
