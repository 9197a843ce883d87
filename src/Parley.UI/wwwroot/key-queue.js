// Queues keys that come before what they are meant for is ready: a module that is still loading, or a room or dialog that the program has yet to draw. When
// it is ready, they are replayed in their order, where the focus is then. The page loads this before anything else.
//
// data-early-keys says which keys an element's module handles: "enter" those of its text box, "shortcuts" those of the whole page. Until the module calls
// markReady for the element, these keys wait.
import { hasModifier, isComposing } from './keys.js';
import { nameOf } from './shortcuts.js';

const queue = [];
const waits = new Set();
const ready = new WeakSet();
const waiters = new WeakMap();
let isReplaying = false;

const isText = (event) => event.key.length === 1 && !hasModifier(event);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// After this time keys go where the focus is, whether the program has answered or not.
const longestWait = 3000;
const longestLoad = 30_000;

// From now on keys wait for this promise, and for those that they wait for already.
export function holdKeysFor(promise, longest = longestWait) {
  const wait = Promise.race([promise, pause(longest)])
    .catch(() => {}) // A failure ends the wait, too.
    .then(() => {
      waits.delete(wait);
      replay();
    });
  waits.add(wait);
}

// Queues this key before all others, until the promise is done.
export function holdKey(event, promise) {
  event.preventDefault();
  event.stopImmediatePropagation();
  holdKeysFor(promise);
  enqueue(event, 0);
}

// Called by an element's module once it handles the element's keys.
export function markReady(element) {
  ready.add(element);
  waiters.get(element)?.resolve();
}

// Resolves when an element's module has called markReady; at once where there is no element.
export function whenReady(element) {
  if (element === null || ready.has(element)) return Promise.resolve();
  if (!waiters.has(element)) {
    const waiter = {};
    waiter.promise = new Promise((resolve) => (waiter.resolve = resolve));
    waiters.set(element, waiter);
  }
  return waiters.get(element).promise;
}

// Resolves when the page is as the condition says, or after the longest wait.
export async function until(condition) {
  for (let waited = 0; waited < longestWait && !condition(); waited += 10) await pause(10);
}

function enqueue(event, index) {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  queue.splice(index, 0, { key, code, shiftKey, ctrlKey, altKey, metaKey });
}

function replay() {
  isReplaying = true;
  while (queue.length > 0 && waits.size === 0) press(queue.shift());
  isReplaying = false;
}

// A synthetic event changes no text by itself.
function press(key) {
  const target = document.activeElement ?? document.body;
  if (!target.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))) return;
  if (key.key === 'Escape' || key.key === 'Tab' || hasModifier(key)) return;
  if (key.key === 'Backspace') document.execCommand('delete');
  else if (key.key !== 'Enter') document.execCommand('insertText', false, key.key);
  else if (document.activeElement?.matches('textarea')) document.execCommand('insertText', false, '\n');
  else if (document.activeElement?.matches('input')) document.activeElement.form?.requestSubmit();
}

function onKey(event) {
  if (isReplaying || isComposing(event)) return;
  const isEnter = event.key === 'Enter' && !hasModifier(event);
  if (isEnter && !event.shiftKey && event.target.matches('[data-early-keys="enter"]') && !ready.has(event.target))
    holdKeysFor(whenReady(event.target), longestLoad);
  const screen = document.querySelector('[data-early-keys="shortcuts"]');
  const isEarlyShortcut = screen !== null && !ready.has(screen) && ![null, 'JumpToPresent', 'Emoji'].includes(nameOf(event));
  if (isEarlyShortcut) holdKeysFor(whenReady(screen), longestLoad);
  if (waits.size === 0 || !(isEnter || event.key === 'Backspace' || isText(event) || isEarlyShortcut || isQueuedShortcut(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  enqueue(event, queue.length);
}

// A shortcut waits only behind text that was typed before it. Ctrl+E always waits: its picker belongs to the room that is about to be shown.
function isQueuedShortcut(event) {
  const name = nameOf(event);
  return name === 'Emoji' || (queue.length > 0 && name !== null);
}

document.addEventListener('keydown', onKey, { capture: true });
