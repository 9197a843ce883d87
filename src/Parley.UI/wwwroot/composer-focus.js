// Leads keys to the composer: text that is typed while no field has the focus, and Ctrl+E; Ctrl+A selects the messages. A composer marks its text box with data-composer-box and its emoji
// button with data-composer-emoji.
import { openDialog } from './focus.js';
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

  // Not out of a field or a menu.
  if (document.activeElement?.closest('input, textarea, select, [contenteditable], [popover]')) return;
  if (event.key.length === 1 && event.key !== ' ' && !hasModifier(event)) box.focus();
  // Ctrl+A selects the messages, not the whole window.
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !(event.key === 'a' || event.code === 'KeyA')) return;
  const log = document.querySelector('[role="log"]');
  if (log === null) return;
  event.preventDefault();
  getSelection().selectAllChildren(log);
}

document.addEventListener('focusin', (event) => {
  if (event.target.matches('[data-composer-box]')) lastBox = event.target;
});
document.addEventListener('keydown', onKey);
