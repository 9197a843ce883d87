// What is typed finds the text box of the conversation. A composer comes and goes with its conversation, and its own module has it only a few steps after it
// is drawn (Composer.razor.js): this listens once, from the page's first moment on, and looks for the box when a key comes. So it is with the screen's shortcuts.
import { nameOf } from './shortcuts.js';

const adopted = new WeakSet();
const keys = [];
let hold = null;
let isReplaying = false;

const hasModifier = (event) => event.ctrlKey || event.altKey || event.metaKey;
const writes = (event) => event.key.length === 1 && !hasModifier(event);

// The module of a box has it, and knows what Enter means; that of the screen knows its shortcuts.
export function adopt(element) {
  adopted.add(element);
  release();
}

// What is typed from here on is meant for what comes then: it waits, and is typed there.
function holdKeys(until) {
  const before = hold;
  before?.watch.disconnect();
  const watch = new MutationObserver(release);
  watch.observe(document.body, { childList: true, subtree: true });
  hold = { until: () => (before === null || before.until()) && until(), watch };
}

// The same until a module has what was drawn before it.
const holdUntilAdopted = (element) => holdKeys(() => adopted.has(element) || !element.isConnected);

// The same until the program has answered which conversation is in view, and the composer of that one has its module; and until what it opened for that has the
// focus, if it opened anything.
export function holdKeysFor(answer, selector) {
  let isAnswered = false;
  let isLate = false;
  let conversation = null;
  const isThere = (box) => box === null || (adopted.has(box) && (isLate || conversation === null || box.closest('form').dataset.conversation === conversation));
  const isOpened = () => {
    const opened = selector === undefined ? null : document.querySelector(selector);
    return isLate || opened === null || opened.contains(document.activeElement);
  };
  holdKeys(() => {
    const box = document.querySelector('.composer__box');
    return isAnswered && isThere(box) && isOpened();
  });
  const end = (id) => {
    conversation = typeof id === 'number' ? String(id) : null;
    isAnswered = true;
    release();
    // What did not take the focus by then never will.
    setTimeout(() => {
      isLate = true;
      release();
    }, 3000);
  };
  answer.then(end, () => end());
}

function release() {
  if (hold === null || !hold.until()) return;
  hold.watch.disconnect();
  hold = null;
  isReplaying = true;
  while (keys.length > 0 && hold === null) type(keys.shift());
  isReplaying = false;
}

function type(key) {
  const target = document.activeElement ?? document.body;
  if (!target.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))) return;
  if (key.key === 'Escape' || hasModifier(key)) return;
  if (key.key === 'Backspace') document.execCommand('delete');
  else if (key.key !== 'Enter') document.execCommand('insertText', false, key.key);
  else if (document.activeElement?.matches('textarea')) document.execCommand('insertText', false, '\n');
}

function holdBack(event) {
  // 229: a key that an input method is still composing with.
  if (isReplaying || event.isComposing || event.keyCode === 229) return;
  const isEnter = event.key === 'Enter' && !hasModifier(event);
  const box = event.target;
  if (hold === null && isEnter && !event.shiftKey && box.matches('.composer__box') && !adopted.has(box))
    holdUntilAdopted(box);
  const screen = document.querySelector('.chat');
  const isEarly = screen !== null && !adopted.has(screen) && ![null, 'Read'].includes(nameOf(event));
  if (isEarly) holdUntilAdopted(screen);
  if (hold === null || !(isEnter || event.key === 'Backspace' || writes(event) || isEarly || waitsAsShortcut(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  keys.push({ key, code, shiftKey, ctrlKey, altKey, metaKey });
}

// A way further need not wait for the one before, unless there is something to be typed between. The emoji are those of the box that comes.
function waitsAsShortcut(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === 'e') return true;
  return keys.length > 0 && nameOf(event) !== null;
}

function onKey(event) {
  const box = document.querySelector('.composer__box');
  if (box === null || document.querySelector('dialog[open]')) return;
  if (event.key.toLowerCase() === 'e' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    // A press with the pointer gives the focus, too, and that is where the picker opens.
    const button = document.querySelector('.composer [data-emoji]');
    button.focus();
    button.click();
    return;
  }
  // Typing anywhere writes here; but never out of another field, or a shortcut.
  const free = document.activeElement === null || document.activeElement === document.body || document.activeElement.closest('[role="log"]');
  if (free && event.key !== ' ' && writes(event)) box.focus();
}

// Whatever opens gets the focus when it stands.
document.addEventListener('focusin', () => queueMicrotask(release));
document.addEventListener('keydown', holdBack, { capture: true });
document.addEventListener('keydown', onKey);
