// Leads keys to the composer: text that is typed while no field has the focus, and Ctrl+E. A composer marks its text box with data-composer-box and its emoji
// button with data-composer-emoji.
import { isFocusFree, openDialog } from './focus.js';
import { hasModifier } from './keys.js';
import { nameOf } from './shortcuts.js';

let lastBox = null;

// The text box that had the focus last, where there are several; null where there is none.
export function activeComposer() {
  const boxes = [...document.querySelectorAll('[data-composer-box]')];
  return boxes.find((box) => box === lastBox) ?? boxes.at(0) ?? null;
}

function onKey(event) {
  const box = activeComposer();
  if (box === null || openDialog() !== null) return;
  if (nameOf(event) === 'Emoji') {
    event.preventDefault();
    // The picker opens beside what has the focus, as after a click on the button.
    const button = box.form.querySelector('[data-composer-emoji]');
    button.focus();
    button.click();
    return;
  }

  const isText = event.key.length === 1 && event.key !== ' ' && !hasModifier(event);
  if (isText && (isFocusFree() || document.activeElement.closest('[role="log"]'))) box.focus();
}

document.addEventListener('focusin', (event) => {
  if (event.target.matches('[data-composer-box]')) lastBox = event.target;
});
document.addEventListener('keydown', onKey);
