// Completes the word before the caret. This module finds the word and handles the keys, so that typing never waits; the program finds the options. Enter or Tab
// that comes before the program's answer waits for it, with the keys that follow.
import { holdKey } from '../../../key-queue.js';
import { hasModifier } from '../../../keys.js';
import { call } from '../../../program.js';

// The rules of docs/chat-text.md: a name starts after a character that is no letter or digit; letters of scripts without spaces, and underscores that belong to
// no word, do not count. It does not start after a backslash or in an address.
const spaceless = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer', 'Tai_Le', 'New_Tai_Lue', 'Tai_Tham', 'Tai_Viet', 'Balinese', 'Javanese']
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
const letter = `(?![${spaceless}])[\\p{L}\\p{Nd}]`;
const freeBefore = (characters) => `(?:^|(?!${letter})[^_\\\\${characters}])_*`;
const wordAtEnd = new RegExp(`${freeBefore(':@#&')}(@\\w{0,20}|#[\\w-]{0,30}|:[\\p{L}\\p{N}_+-]{2,40})$`, 'u');
const nameAtEnd = new RegExp(`${freeBefore('')}(:[a-z0-9+-](?:[\\w+-]*[a-z0-9+-])?:)$`, 'iu');
const addressAtEnd = /(?:[a-z0-9]:\/\/|(?:^|[^\p{L}\p{N}])www\.)[^\s<>"`\\|]*$/iu;
const commandAlone = /^\/[a-z]*$/i;
const continuesWord = new RegExp(`^(?:_|${letter})`, 'u');

export class Completion {
  constructor(box, bar, dotnet) {
    this.box = box;
    this.bar = bar;
    this.dotnet = dotnet;
    this.options = [];
    this.word = null;
    this.asking = null;
    this.dismissedAt = -1;

    box.addEventListener('input', (event) => {
      if (event.isComposing) return;
      this.look();
      if (event.inputType === 'insertText' && event.data === ':') this.takeEmoji();
    });
    box.addEventListener('keyup', (event) => event.isComposing || this.look());
    box.addEventListener('click', () => this.look());
    box.addEventListener('blur', () => this.close(null));
    // The box keeps the focus when an option is pressed.
    bar.addEventListener('mousedown', (event) => this.indexOf(event) >= 0 && event.preventDefault());
    bar.addEventListener('click', (event) => this.indexOf(event) >= 0 && this.take(this.indexOf(event)));
    // The list is drawn independently of the program's answer, mostly before it.
    new MutationObserver(() => this.mark()).observe(bar, { childList: true, subtree: true });
  }

  get isOpen() {
    return this.options.length > 0;
  }

  look() {
    const word = wordAtCaret(this.box);
    if (word === null || word.start !== this.dismissedAt) this.dismissedAt = -1;
    if (word === null || word.start === this.dismissedAt) {
      this.close(null);
    } else if (this.word?.text !== word.text || this.word.start !== word.start) {
      this.ask(word);
    }
  }

  // Replaces an emoji's name when its closing colon is typed. If Enter comes first, the message shows the emoji all the same.
  async takeEmoji() {
    const before = this.box.value.slice(0, this.box.selectionEnd);
    const name = nameAtEnd.exec(before)?.[1];
    if (name === undefined || isInCode(before) || addressAtEnd.test(before)) return;
    const character = (await call(this.dotnet, 'TakeEmoji', name)) ?? null;
    const start = before.length - name.length;
    if (character !== null && this.box.value.startsWith(before)) replace(this.box, start, before.length, character);
  }

  // Handles a key; returns whether it was one of the list's.
  onKey(event) {
    if (this.word === null || event.shiftKey || hasModifier(event) || !this.handle(event)) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  handle(event) {
    const { key } = event;
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (!this.isOpen) return false;
        this.move(key === 'ArrowDown' ? 1 : -1);
        return true;
      case 'Escape':
        if (!this.isOpen && this.asking === null) return false;
        this.dismissedAt = this.word.start;
        this.close(null);
        return true;
      case 'Enter':
      case 'Tab':
        if (this.asking !== null) {
          holdKey(event, this.asking);
          return true;
        }
        if (!this.isOpen || (key === 'Enter' && this.isWhole)) return false;
        this.take(this.chosen);
        return true;
      default:
        return false;
    }
  }

  // Whether the first option is what was typed already: then Enter sends the message.
  get isWhole() {
    return !this.hasMoved && this.options[0]?.word.toLowerCase() === this.word?.text.toLowerCase();
  }

  ask(word) {
    this.word = word;
    this.asking = this.fetch(word);
  }

  async fetch(word) {
    // Nothing to offer where the composer or the program is gone.
    const options = (await call(this.dotnet, 'CompleteAsync', word.text)) ?? [];
    if (this.word !== word) return this.asking; // Another word was typed meanwhile; Enter is meant for that.
    this.asking = null;
    this.options = options;
    this.chosen = 0;
    this.hasMoved = false;
    this.mark();
    return null;
  }

  take(index) {
    const { start, text } = this.word;
    const option = this.options[index];
    const end = start + text.length;
    this.close(option.word);
    replace(this.box, start, end, /^\s/.test(this.box.value.slice(end)) ? option.text.trimEnd() : option.text);
  }

  close(taken) {
    if (this.word === null) return;
    const wasShown = this.isOpen || this.asking !== null;
    this.word = null;
    this.asking = null;
    this.options = [];
    this.mark();
    if (wasShown) call(this.dotnet, 'Close', taken);
  }

  move(by) {
    this.chosen = (this.chosen + by + this.options.length) % this.options.length;
    this.hasMoved = true;
    this.mark();
  }

  mark() {
    const options = this.bar.querySelectorAll('[role="option"]');
    const chosen = this.isOpen ? options[this.chosen] : undefined;
    for (const option of options) option.setAttribute('aria-selected', String(option === chosen));
    if (chosen === undefined) {
      this.box.removeAttribute('aria-activedescendant');
      this.box.removeAttribute('aria-controls');
      return;
    }
    this.box.setAttribute('aria-controls', chosen.parentElement.id);
    this.box.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  }

  indexOf(event) {
    const option = event.target.closest('.completion [role="option"]');
    return option === null || !this.isOpen ? -1 : [...option.parentElement.children].indexOf(option);
  }
}

// Replaces text as typing does, so that Ctrl+Z undoes it. Text that was typed after it meanwhile stays, and the caret stays after that.
export function replace(box, start, end, text) {
  const later = Math.max(0, box.selectionEnd - end);
  box.focus();
  box.setSelectionRange(start, end);
  if (!document.execCommand('insertText', false, text)) {
    box.setRangeText(text, start, end, 'end');
    box.dispatchEvent(new Event('input'));
  }
  const caret = start + text.length + later;
  box.setSelectionRange(caret, caret);
}

function wordAtCaret(box) {
  if (box.selectionStart !== box.selectionEnd) return null;
  const before = box.value.slice(0, box.selectionEnd);
  if (continuesWord.test(box.value.slice(box.selectionEnd)) || isInCode(before) || addressAtEnd.test(before)) return null;
  const text = commandAlone.test(before) ? before : wordAtEnd.exec(before)?.[1];
  return text === undefined ? null : { start: before.length - text.length, text };
}

function isInCode(before) {
  const fences = before.split('```');
  if (fences.length % 2 === 0) return true;
  const line = fences.at(-1).split('\n').at(-1);
  return line.split('`').length % 2 === 0;
}
