// Keys find the text box, and none goes astray. A key takes no time; what it is meant for may: a module that is still on its way, or what the program
// opens or brings into view. Until that is there, what is typed is held back, and then typed where the focus is. This listens from the page's first
// moment on.
import { nameOf } from './shortcuts.js';

const held = [];
const waits = new Set();
const adopted = new WeakSet();
const arrivals = new WeakMap();
let lastBox = null;
let isReplaying = false;

const hasModifier = (event) => event.ctrlKey || event.altKey || event.metaKey;
const writes = (event) => event.key.length === 1 && !hasModifier(event);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// What the program does not do in so long it never does, and nobody is to type into nothing.
const longestWait = 3000;
const longestLoad = 30_000;

// From now on keys wait for this, and for what was waited for before.
export function holdKeysFor(promise, longest = longestWait) {
  const wait = Promise.race([promise, pause(longest)])
    .catch(() => {}) // What failed says nothing of the next.
    .then(() => {
      waits.delete(wait);
      release();
    });
  waits.add(wait);
}

// The module of a box has it, and knows what Enter means; that of the screen knows its shortcuts.
export function adopt(element) {
  adopted.add(element);
  arrivals.get(element)?.resolve();
}

// Done when a module has an element that was drawn before it came.
export function adoptionOf(element) {
  if (element === null || adopted.has(element)) return Promise.resolve();
  if (!arrivals.has(element)) {
    const arrival = {};
    arrival.promise = new Promise((resolve) => (arrival.resolve = resolve));
    arrivals.set(element, arrival);
  }
  return arrivals.get(element).promise;
}

// Done when something is so in the page, or has not come to be for too long.
export async function until(isSo) {
  for (let waited = 0; waited < longestWait && !isSo(); waited += 10) await pause(10);
}

// Done when what was opened has the focus, if anything was.
export const focusIn = (selector) =>
  until(() => {
    const opened = document.querySelector(selector);
    return opened === null || opened.contains(document.activeElement);
  });

// The box that is written to: the one that was last, where there are several.
export function boxNow() {
  const boxes = [...document.querySelectorAll('.composer__box')];
  return boxes.find((box) => box === lastBox) ?? boxes.at(0) ?? null;
}

function release() {
  isReplaying = true;
  while (held.length > 0 && waits.size === 0) type(held.shift());
  isReplaying = false;
}

function type(key) {
  const target = document.activeElement ?? document.body;
  if (!target.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))) return;
  if (key.key === 'Escape' || key.key === 'Tab' || hasModifier(key)) return;
  if (key.key === 'Backspace') document.execCommand('delete');
  else if (key.key !== 'Enter') document.execCommand('insertText', false, key.key);
  else if (document.activeElement?.matches('textarea')) document.execCommand('insertText', false, '\n');
}

// A key that has to wait for something by itself: it is the first of those that wait with it.
export function holdKey(event, promise) {
  event.preventDefault();
  event.stopImmediatePropagation();
  holdKeysFor(promise);
  keep(event, 0);
}

function keep(event, at) {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  held.splice(at, 0, { key, code, shiftKey, ctrlKey, altKey, metaKey });
}

function onEarlyKey(event) {
  // 229: a key that an input method is still composing with.
  if (isReplaying || event.isComposing || event.keyCode === 229) return;
  const isEnter = event.key === 'Enter' && !hasModifier(event);
  if (isEnter && !event.shiftKey && event.target.matches('.composer__box') && !adopted.has(event.target)) holdKeysFor(adoptionOf(event.target), longestLoad);
  const screen = document.querySelector('.chat');
  const isEarly = screen !== null && !adopted.has(screen) && ![null, 'Read', 'Emoji'].includes(nameOf(event));
  if (isEarly) holdKeysFor(adoptionOf(screen), longestLoad);
  if (waits.size === 0 || !(isEnter || event.key === 'Backspace' || writes(event) || isEarly || waitsAsShortcut(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  keep(event, held.length);
}

// A way further need not wait for the one before, unless there is something to be typed between. The emoji are those of the box that comes.
function waitsAsShortcut(event) {
  const name = nameOf(event);
  return name === 'Emoji' || (held.length > 0 && name !== null);
}

function onKey(event) {
  const box = boxNow();
  if (box === null || document.querySelector('dialog[open]')) return;
  if (nameOf(event) === 'Emoji') {
    event.preventDefault();
    // A press with the pointer gives the focus, too, and that is where the picker opens.
    const button = box.closest('form').querySelector('.composer__emoji');
    button.focus();
    button.click();
    return;
  }
  // Typing anywhere writes here, from a button, too; but never out of another field or a menu, or a shortcut.
  const free = !document.activeElement?.closest('input, textarea, select, [contenteditable], [popover]');
  if (free && event.key !== ' ' && writes(event)) box.focus();
  // All is what is said, not the whole window.
  if (free && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && (event.key === 'a' || event.code === 'KeyA')) {
    const log = document.querySelector('[role="log"]');
    if (log === null) return;
    event.preventDefault();
    getSelection().selectAllChildren(log);
  }
}

document.addEventListener('focusin', (event) => {
  if (event.target.matches('.composer__box')) lastBox = event.target;
});
document.addEventListener('keydown', onEarlyKey, { capture: true });
document.addEventListener('keydown', onKey);
