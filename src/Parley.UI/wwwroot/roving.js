import { hasModifier } from './keys.js';

// Roving tabindex: a group is one stop for Tab, arrow keys move inside and wrap around, Home and End go to its ends. The markup says by tabindex which item the
// stop is. With "activates" moving to an item activates it, as in tabs; with "movesStop" the item becomes the stop.
export function attach(group, selector, activates, movesStop = false) {
  group?.addEventListener('keydown', (event) => {
    if (hasModifier(event)) return;
    const items = [...group.querySelectorAll(selector)].filter((item) => !item.disabled);
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = items.at(steps[event.key] % items.length);
    if (movesStop) {
      items[at].setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
    }
    next.focus();
    if (activates) next.click();
  });
}
