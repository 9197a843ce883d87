// Moves through the picker by keys: one stop for Tab in the bar of groups and one among the emoji, arrows inside.
export function attach(root, dotnet) {
  if (root === null) return;
  const search = root.querySelector('.emoji__search');
  const bar = root.querySelector('.emoji__groups');
  const body = root.querySelector('.emoji__body');
  const sign = root.querySelector('.emoji__preview-sign');
  const name = root.querySelector('.emoji__preview-name');

  const pick = (emoji, goesOn) => dotnet.invokeMethodAsync('PickAsync', emoji.dataset.name, !goesOn).catch(() => {});

  const preview = (emoji) => {
    sign.textContent = emoji?.textContent ?? '';
    name.textContent = emoji ? `:${emoji.dataset.name}:` : '';
  };

  const go = (element) => {
    element.focus({ preventScroll: true });
    // Under the heading that sticks there nothing can be seen.
    const { top, bottom } = element.getBoundingClientRect();
    const shown = body.getBoundingClientRect();
    const heading = root.querySelector('.emoji__title')?.offsetHeight ?? 0;
    if (top < shown.top + heading) body.scrollTop -= shown.top + heading - top;
    else if (bottom > shown.bottom) body.scrollTop += bottom - shown.bottom;
  };

  const rowAway = (emoji, by) => {
    const rows = [...body.querySelectorAll('[role="row"]')];
    const row = rows[rows.indexOf(emoji.parentElement) + by];
    const column = [...emoji.parentElement.children].indexOf(emoji);
    return row && row.children[Math.min(column, row.children.length - 1)];
  };

  const besides = (emoji, by) => {
    const all = [...body.querySelectorAll('[role="gridcell"]')];
    return all[all.indexOf(emoji) + by];
  };

  const targetOf = (emoji, event) => {
    switch (event.key) {
      case 'ArrowRight':
        return besides(emoji, 1);
      case 'ArrowLeft':
        return besides(emoji, -1);
      case 'ArrowDown':
        return rowAway(emoji, 1);
      case 'ArrowUp':
        return rowAway(emoji, -1) ?? search;
      case 'Home':
        return event.ctrlKey ? body.querySelector('[role="gridcell"]') : emoji.parentElement.firstElementChild;
      case 'End':
        return event.ctrlKey ? [...body.querySelectorAll('[role="gridcell"]')].at(-1) : emoji.parentElement.lastElementChild;
      case 'PageDown':
        return rowAway(emoji, 6) ?? rowAway(emoji, 1);
      case 'PageUp':
        return rowAway(emoji, -6) ?? rowAway(emoji, -1);
      default:
        return undefined;
    }
  };

  body.addEventListener('click', (event) => {
    const emoji = event.target.closest('[role="gridcell"]');
    if (emoji !== null) pick(emoji, event.shiftKey);
  });
  body.addEventListener('keydown', (event) => {
    const emoji = event.target.closest('[role="gridcell"]');
    const target = emoji === null ? undefined : targetOf(emoji, event);
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  });
  body.addEventListener('mouseover', (event) => preview(event.target.closest('[role="gridcell"]')));
  body.addEventListener('focusin', (event) => {
    const emoji = event.target.closest('[role="gridcell"]');
    if (emoji === null) return;
    body.querySelector('[role="gridcell"][tabindex="0"]')?.setAttribute('tabindex', '-1');
    emoji.setAttribute('tabindex', '0');
    preview(emoji);
  });

  search.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const first = body.querySelector('[role="gridcell"]');
    if (event.key === 'ArrowDown' && first !== null) {
      event.preventDefault();
      go(first);
    } else if (event.key === 'Enter') {
      event.preventDefault(); // It is a field of the composer's form.
      dotnet.invokeMethodAsync('PickFoundAsync', search.value, !event.shiftKey).catch(() => {});
    }
  });

  const jumps = [...bar.children];
  bar.addEventListener('click', (event) => {
    const jump = event.target.closest('button');
    if (jump !== null) body.scrollTop = body.querySelector(`section[data-group="${jump.dataset.group}"]`).offsetTop;
  });
  bar.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = jumps.indexOf(document.activeElement);
    const next = jumps[(at + by + jumps.length) % jumps.length];
    jumps[at]?.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  });

  // Which group is in view.
  const follow = () => {
    const sections = [...body.querySelectorAll('section')];
    const current = sections.findLast((section) => section.offsetTop <= body.scrollTop + 1)?.dataset.group;
    for (const jump of jumps) jump.setAttribute('aria-current', String(jump.dataset.group === current));
  };
  body.addEventListener('scroll', follow, { passive: true });
  // It has a size once the popover is open.
  new ResizeObserver(follow).observe(body);
}
