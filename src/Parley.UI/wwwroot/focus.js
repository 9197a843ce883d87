// Where the focus is, what lies over the page, and what to do when an element is gone.

// The dialog or popover that is open; null where none is.
export const openOverlay = () => document.querySelector('dialog[open], :popover-open');

export const openDialog = () => document.querySelector('dialog[open]');

export const isFocusFree = () => document.activeElement === null || document.activeElement === document.body;

// Gives the focus back to what had it before, unless something else has it by now.
export function restoreFocus(element) {
  if (element?.isConnected && isFocusFree()) element.focus();
}

// Blazor removes an element without telling its module. Calls "stop" once, when the element is gone.
export function whenRemoved(element, stop) {
  const observer = new MutationObserver(() => {
    if (element.isConnected) return;
    observer.disconnect();
    stop();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
