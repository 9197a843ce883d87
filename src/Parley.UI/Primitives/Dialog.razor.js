// A modal <dialog> gives the focus back when it is closed, but not when it is removed from the page, as Blazor does. On Escape the component closes it, so that
// page and program agree on what is open.
import { restoreFocus, whenRemoved } from '../focus.js';
import { call } from '../program.js';
import { attach as rove } from '../roving.js';

export function open(dialog, dotnet) {
  if (dialog === null) return;
  rove(dialog.querySelector('[role=tablist]'), '[role=tab]', true);
  const before = document.activeElement;
  let asked = null;
  const ask = () => (asked ??= call(dotnet, 'CancelAsync').finally(() => (asked = null)));
  dialog.addEventListener('cancel', (event) => {
    if (!event.cancelable) return;
    event.preventDefault();
    ask();
  });
  // A second Escape in a row cannot be cancelled. If the component keeps the dialog in the page, it is opened again.
  dialog.addEventListener('close', async () => {
    await ask();
    if (dialog.isConnected && !dialog.open) dialog.showModal();
  });
  dialog.showModal();
  dialog.querySelector('[autofocus], [data-autofocus]')?.focus();

  whenRemoved(dialog, () => restoreFocus(before));
}
