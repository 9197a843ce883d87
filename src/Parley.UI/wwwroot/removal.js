// Blazor takes an element out of the page without a word to its module: what the module observes ends here. Called once, when the element is gone.
export function whenRemoved(element, stop) {
  const observer = new MutationObserver(() => {
    if (element.isConnected) return;
    observer.disconnect();
    stop();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
