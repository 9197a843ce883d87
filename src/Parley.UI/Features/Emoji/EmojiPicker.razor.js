// Moves through the emoji picker by keys: the bar of groups and the grid of emoji are one stop for Tab each, with arrow keys inside.
import { isComposing } from '../../keys.js';
import { call } from '../../program.js';
import { attach as rove } from '../../roving.js';

export function attach(root, dotnet) {
  if (root === null) return;
  const search = root.querySelector('.emoji__search');
  const bar = root.querySelector('.emoji__groups');
  const body = root.querySelector('.emoji__body');
  const sign = root.querySelector('.emoji__preview-sign');
  const name = root.querySelector('.emoji__preview-name');

  const pick = (emoji, keepsOpen) => call(dotnet, 'PickAsync', emoji.dataset.name, !keepsOpen);

  const preview = (emoji) => {
    sign.textContent = emoji?.textContent ?? '';
    name.textContent = emoji ? `:${emoji.dataset.name}:` : '';
  };

  const go = (element) => {
    element.focus({ preventScroll: true });
    // The sticky heading covers what is under it.
    const { top, bottom } = element.getBoundingClientRect();
    const visible = body.getBoundingClientRect();
    const heading = root.querySelector('.emoji__title')?.offsetHeight ?? 0;
    if (top < visible.top + heading) body.scrollTop -= visible.top + heading - top;
    else if (bottom > visible.bottom) body.scrollTop += bottom - visible.bottom;
  };

  const inRow = (emoji, by) => {
    const rows = [...body.querySelectorAll('[role="row"]')];
    const row = rows[rows.indexOf(emoji.parentElement) + by];
    const column = [...emoji.parentElement.children].indexOf(emoji);
    return row && row.children[Math.min(column, row.children.length - 1)];
  };

  const neighbour = (emoji, by) => {
    const all = [...body.querySelectorAll('[role="gridcell"]')];
    return all[all.indexOf(emoji) + by];
  };

  const targetOf = (emoji, event) => {
    switch (event.key) {
      case 'ArrowRight':
        return neighbour(emoji, 1);
      case 'ArrowLeft':
        return neighbour(emoji, -1);
      case 'ArrowDown':
        return inRow(emoji, 1);
      case 'ArrowUp':
        return inRow(emoji, -1) ?? search;
      case 'Home':
        return event.ctrlKey ? body.querySelector('[role="gridcell"]') : emoji.parentElement.firstElementChild;
      case 'End':
        return event.ctrlKey ? [...body.querySelectorAll('[role="gridcell"]')].at(-1) : emoji.parentElement.lastElementChild;
      case 'PageDown':
        return inRow(emoji, 6) ?? inRow(emoji, 1);
      case 'PageUp':
        return inRow(emoji, -6) ?? inRow(emoji, -1);
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
    if (isComposing(event)) return;
    const first = body.querySelector('[role="gridcell"]');
    if (event.key === 'ArrowDown' && first !== null) {
      event.preventDefault();
      go(first);
    } else if (event.key === 'Enter') {
      event.preventDefault(); // Enter would submit the composer's form, which the field is in.
      call(dotnet, 'PickFoundAsync', search.value, !event.shiftKey);
    }
  });

  const jumps = [...bar.children];
  bar.addEventListener('click', (event) => {
    const jump = event.target.closest('button');
    if (jump !== null) body.scrollTop = body.querySelector(`section[data-group="${jump.dataset.group}"]`).offsetTop;
  });
  rove(bar, 'button', false, true);

  // Marks the group at the top of the scroll area.
  const markGroup = () => {
    const sections = [...body.querySelectorAll('section')];
    const current = sections.findLast((section) => section.offsetTop <= body.scrollTop + 1)?.dataset.group;
    for (const jump of jumps) jump.setAttribute('aria-current', String(jump.dataset.group === current));
  };
  body.addEventListener('scroll', markGroup, { passive: true });
  // It has no size before the popover is open.
  new ResizeObserver(markGroup).observe(body);
}
