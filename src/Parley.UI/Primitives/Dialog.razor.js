// A modal <dialog> gives the focus back to where it was when it is closed, but not when it is taken out of the page, which is what Blazor does.
// Escape asks the component to close it, so that the page and the program agree on what is open.
import { attach as rove } from '../roving.js';

export function open(dialog, dotnet) {
  if (dialog === null) return;
  rove(dialog.querySelector('[role=tablist]'), '[role=tab]', true);
  const before = document.activeElement;
  let asked = null;
  const ask = () => (asked ??= dotnet.invokeMethodAsync('CancelAsync').catch(() => {}).finally(() => (asked = null)));
  dialog.addEventListener('cancel', (event) => {
    if (!event.cancelable) return;
    event.preventDefault();
    ask();
  });
  // A second Escape in a row closes it whatever a page says: that cannot be cancelled. The component decides all the same: where it stays in the page, it is open.
  dialog.addEventListener('close', async () => {
    await ask();
    if (dialog.isConnected && !dialog.open) dialog.showModal();
  });
  dialog.showModal();
  dialog.querySelector('[autofocus], [data-autofocus]')?.focus();

  const gone = new MutationObserver(() => {
    if (dialog.isConnected) return;
    gone.disconnect();
    if (before?.isConnected && (document.activeElement === document.body || document.activeElement === null)) before.focus();
  });
  gone.observe(document.body, { childList: true, subtree: true });
}
