// What the rail needs of the page: shortcuts, the menu of what was pressed, and dragging. What moves where is the program's to say.
export function attach(list, dotnet) {
  if (list === null) return;
  const gone = new AbortController();
  const tell = (method, ...words) => dotnet.invokeMethodAsync(method, ...words).catch(() => gone.abort());
  const buttonOf = (target) => target.closest?.('li')?.querySelector('[data-server]') ?? null;
  const arrow = (event) => ({ ArrowUp: -1, ArrowDown: 1 })[event.key];

  document.addEventListener(
    'keydown',
    (event) => {
      if (!list.isConnected) return gone.abort();
      const by = arrow(event);
      if (by === undefined || !event.ctrlKey || !event.altKey || event.shiftKey || event.metaKey) return;
      if (document.querySelector('dialog[open], :popover-open')) return;
      event.preventDefault();
      tell('Step', by);
    },
    { signal: gone.signal },
  );

  list.addEventListener('keydown', async (event) => {
    const button = buttonOf(event.target);
    const by = arrow(event);
    if (by === undefined || button === null || !event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    await tell('MoveBy', button.dataset.server, by);
    // An element that goes to another place of the page loses the focus on its way.
    button.focus();
  });

  // The menu opens when the button of the mouse comes up: what opens under it while it is down is closed again by its coming up.
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

  // Gone to by keyboard, or added at the end, it may lie out of view.
  const reveal = () => list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  new MutationObserver(reveal).observe(list, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-current'] });
  reveal();

  drag(list, buttonOf, (server, index) => tell('MoveTo', server, index));
}

function drag(list, buttonOf, drop) {
  let dragged = null;
  let index = -1;

  const places = () => [...list.children].filter((item) => item.querySelector('[data-server]'));
  const unmark = () => {
    for (const item of list.children) item.classList.remove('rail__place--before', 'rail__place--after');
  };

  list.addEventListener('dragstart', (event) => {
    const button = buttonOf(event.target);
    if (button === null) return;
    dragged = button.closest('li');
    dragged.classList.add('rail__place--dragged');
    event.dataTransfer.effectAllowed = 'move';
    // No text: a box that takes text would take the address of a server that was let go over it.
    event.dataTransfer.setData('application/x-parley-server', button.dataset.server);
  });

  list.addEventListener('dragover', (event) => {
    if (dragged === null) return;
    event.preventDefault();
    const items = places();
    const above = items.filter((item) => {
      const box = item.getBoundingClientRect();
      return event.clientY > box.top + box.height / 2;
    }).length;
    unmark();
    if (above === items.length) items.at(-1).classList.add('rail__place--after');
    else items[above].classList.add('rail__place--before');
    // Above it one place is its own.
    index = above > items.indexOf(dragged) ? above - 1 : above;
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
