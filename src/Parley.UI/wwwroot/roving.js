// One place in the order of Tab for a whole group: the arrow keys go through it, round and round, Home and End to its ends. The group's own markup says by
// tabindex which of its items that place is. With "activates" going to an item is choosing it, as in tabs.
export function attach(group, selector, activates) {
  group?.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const items = [...group.querySelectorAll(selector)].filter((item) => !item.disabled);
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const next = items.at(steps[event.key] % items.length);
    next.focus();
    if (activates) next.click();
  });
}
