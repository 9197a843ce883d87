// Takes the focus only while no element has it: the call comes over the circuit, and the user may type elsewhere by now.
import { isFocusFree } from '../focus.js';

export function focusIfFree(box) {
  if (isFocusFree()) box?.focus();
}
