// The server rail: its shortcuts, context menus, and dragging. The program decides what moves where.
import { openOverlay } from '../../focus.js';
import { call } from '../../program.js';

export function attach(list, dotnet) {
  if (list === null) return;
  const lifetime = new AbortController();
  const tell = async (method, ...parameters) => {
    if ((await call(dotnet, method, ...parameters)) === undefined) lifetime.abort();
  };
  const buttonOf = (target) => target.closest?.('li')?.querySelector('[data-server]') ?? null;
  const arrow = (event) => ({ ArrowUp: -1, ArrowDown: 1 })[event.key];

  document.addEventListener(
    'keydown',
    (event) => {
      if (!list.isConnected) return lifetime.abort();
      const by = arrow(event);
      if (by === undefined || !event.ctrlKey || !event.altKey || event.shiftKey || event.metaKey) return;
      if (openOverlay() !== null) return;
      event.preventDefault();
      tell('Step', by);
    },
    { signal: lifetime.signal },
  );

  list.addEventListener('keydown', async (event) => {
    const button = buttonOf(event.target);
    const by = arrow(event);
    if (by === undefined || button === null || !event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    await tell('MoveBy', button.dataset.server, by);
    // Moving the element in the page takes the focus from it.
    button.focus();
  });

  // The menu opens on the release of the mouse button: a popover that opened before would be closed by the release.
  list.addEventListener('contextmenu', (event) => {
    const button = buttonOf(event.target);
    if (button === null) return;
    event.preventDefault();
    const open = () => {
      button.focus();
      tell('OpenMenu', button.dataset.server);
    };
    if ((event.buttons & 2) === 0) open();
    else document.addEventListener('pointerup', () => setTimeout(open), { once: true });
  });

  // The current server may be outside of the scroll area: selected by keyboard, or added at the end.
  const reveal = () => list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  new MutationObserver(reveal).observe(list, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-current'] });
  reveal();

  drag(list, buttonOf, (server, index) => tell('MoveTo', server, index));
}

function drag(list, buttonOf, drop) {
  let dragged = null;
  let index = -1;

  const items = () => [...list.children].filter((item) => item.querySelector('[data-server]'));
  const unmark = () => {
    for (const item of list.children) item.classList.remove('rail__place--before', 'rail__place--after');
  };

  list.addEventListener('dragstart', (event) => {
    const button = buttonOf(event.target);
    if (button === null) return;
    dragged = button.closest('li');
    dragged.classList.add('rail__place--dragged');
    event.dataTransfer.effectAllowed = 'move';
    // Not as text: a text field would accept the drop.
    event.dataTransfer.setData('application/x-parley-server', button.dataset.server);
  });

  list.addEventListener('dragover', (event) => {
    if (dragged === null) return;
    event.preventDefault();
    const servers = items();
    const above = servers.filter((item) => {
      const box = item.getBoundingClientRect();
      return event.clientY > box.top + box.height / 2;
    }).length;
    unmark();
    if (above === servers.length) servers.at(-1).classList.add('rail__place--after');
    else servers[above].classList.add('rail__place--before');
    // Without the dragged server, the positions after it are one lower.
    index = above > servers.indexOf(dragged) ? above - 1 : above;
  });

  list.addEventListener('drop', (event) => {
    if (dragged === null) return;
    event.preventDefault();
    drop(buttonOf(dragged).dataset.server, index);
  });

  list.addEventListener('dragend', () => {
    dragged?.classList.remove('rail__place--dragged');
    unmark();
    dragged = null;
  });
}
