// A native popover beside what had the focus when it was opened, or where a context menu was asked for: it lies above everything, and Escape or a press elsewhere closes it. The place is computed,
// since the page's policy allows no style in the markup, and anchor positioning is not everywhere yet.
import { contextPoint } from '../context-point.js';
import { isFocusFree, restoreFocus, whenRemoved } from '../focus.js';
import { call } from '../program.js';
import { attach as rove } from '../roving.js';

const edge = 8;

export function open(popover, dotnet, side, beside) {
  if (popover === null) return;
  const anchor = beside ?? (isFocusFree() ? null : document.activeElement);
  const point = contextPoint();
  const lifetime = new AbortController();
  const place = () => (point === null ? put(popover, boundsOf(anchor), side, edge) : put(popover, point, 'below', 0));

  // Before it is closed, not after ('toggle'): a key pressed right behind Escape, such as the one that opens it again, must come second.
  popover.addEventListener('beforetoggle', (event) => {
    if (event.newState !== 'closed') return;
    end();
    call(dotnet, 'CloseAsync');
  });
  popover.addEventListener('focusout', (event) => {
    if (event.relatedTarget !== null && !popover.contains(event.relatedTarget)) popover.hidePopover();
  });
  // A press on what opened it closes it; that press must not open it again.
  document.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button === 0 && anchor?.contains(event.target)) swallowClick(anchor);
    },
    { capture: true, signal: lifetime.signal },
  );
  window.addEventListener('resize', place, { signal: lifetime.signal });
  const sizes = new ResizeObserver(place);

  if (popover.getAttribute('role') === 'menu') rove(popover, '[role^=menuitem]', false);
  popover.showPopover();
  place();
  sizes.observe(popover);
  (popover.querySelector('[data-autofocus]') ?? popover.querySelector('[role^=menuitem]:enabled') ?? popover).focus();

  // Taken out of the page while it is open, it gives no focus back by itself.
  whenRemoved(popover, () => {
    end();
    restoreFocus(anchor);
  });

  function end() {
    lifetime.abort();
    sizes.disconnect();
  }
}

// The click of this press alone: a press that ends elsewhere makes none, and the next one, or a key (whose clicks count 0), is meant.
function swallowClick(anchor) {
  const pressed = new AbortController();
  const options = { capture: true, signal: pressed.signal };
  anchor.addEventListener(
    'click',
    (click) => {
      if (click.detail > 0) click.stopPropagation();
      pressed.abort();
    },
    options,
  );
  document.addEventListener('pointerdown', () => pressed.abort(), options);
}

const boundsOf = (anchor) => (anchor?.isConnected ? anchor.getBoundingClientRect() : new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0));

function put(popover, at, side, gap) {
  const { width, height } = popover.getBoundingClientRect();
  let left = at.left;
  let top = at.top;
  if (side === 'right' || side === 'left') {
    const [right, before] = [at.right + gap, at.left - gap - width];
    const fits = side === 'right' ? right + width <= innerWidth - edge : before < edge;
    left = fits ? right : before;
  } else {
    const [below, above] = [at.bottom + gap, at.top - gap - height];
    const fits = side === 'below' ? below + height <= innerHeight - edge : above < edge;
    top = fits ? below : above;
    // Where it would reach over the window's end it ends where its anchor does, if there is room for that.
    if (left + width > innerWidth - edge && at.right - width >= edge) left = at.right - width;
  }
  popover.style.left = `${inside(left, innerWidth - width)}px`;
  popover.style.top = `${inside(top, innerHeight - height)}px`;
}

function inside(value, most) {
  return Math.max(edge, Math.min(value, most - edge));
}
