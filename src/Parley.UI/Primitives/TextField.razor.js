// Takes the focus only while nobody has it: what is asked for over the circuit may come when somebody types elsewhere already.
export function focusIfFree(box) {
  if (box !== null && (document.activeElement === document.body || document.activeElement === null)) box.focus();
}
