// The text box. What is typed stays in the page and goes to the program as a draft; Enter sends it, and the box is empty at once for what comes next.
// The box stays while the rooms change that it writes to: each word to the program names the room that the box was writing to when it was typed. The form
// says which room that is, and what was half typed there.
import { whenRemoved } from '../../removal.js';
import { adopt } from '../../typing.js';
import { Completion, replace } from './Completion/CompletionList.razor.js';

export function attach(form, bar, growing, box, writing, completing, room) {
  // By the time that the module has arrived the person may have gone elsewhere.
  if (box !== null) new Composer(form, bar, growing, box, writing, completing, room);
}

// Puts text where the caret is. While more is to be picked the focus stays where it is.
export function insert(box, text, isLast) {
  if (isLast) {
    replace(box, box.selectionStart, box.selectionEnd, text);
    return;
  }
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input'));
}

// The picker has gone, and has given the focus back to its button, or to nobody.
export function focus(box, emojiButton) {
  if (document.activeElement === document.body || document.activeElement === emojiButton) box.focus();
}

class Composer {
  constructor(form, bar, growing, box, writing, completing, room) {
    Object.assign(this, { form, growing, box, writing, room });
    this.sending = Promise.resolve();
    this.completion = new Completion(box, bar, completing);
    box.addEventListener('input', () => this.onInput());
    box.addEventListener('keydown', (event) => this.onKey(event));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
      box.focus();
    });

    // What was typed since the box was drawn; keys that need this module waited for it.
    if (box.value !== growing.dataset.text) this.onInput();
    this.takeFocus();
    adopt(box);

    // Observers hear of what was drawn before anything else happens in the page.
    this.rooms = new MutationObserver(() => this.follow());
    this.rooms.observe(form, { attributeFilter: ['data-room'] });
    this.follow();
    whenRemoved(form, () => this.detach());
  }

  detach() {
    this.rooms.disconnect();
    this.open?.disconnect();
  }

  // What was typed so far was told as the draft of the room before.
  follow() {
    if (this.form.dataset.room === this.room) return;
    this.completion.close(null);
    this.room = this.form.dataset.room;
    this.setText(this.form.dataset.draft);
    this.takeFocus();
  }

  // What led here may be open yet: its turn comes first. Who is writing elsewhere goes on there.
  takeFocus() {
    this.open?.disconnect();
    if (!this.box.isConnected) return;
    if (document.querySelector('dialog[open], :popover-open')) {
      this.open = new MutationObserver(() => this.takeFocus());
      this.open.observe(document.body, { childList: true, subtree: true });
      return;
    }
    if (document.activeElement?.matches('input, textarea:not(.composer__box)')) return;
    if (document.activeElement !== this.box) this.box.setSelectionRange(this.box.value.length, this.box.value.length);
    this.box.focus({ preventScroll: true });
  }

  setText(text) {
    this.box.value = text;
    this.grow();
  }

  // The text stands a second time, unseen, in the box's parent, whose height both share. Measuring the box itself would shrink it for a moment, and the
  // list of messages above would lose its place.
  grow() {
    this.growing.dataset.text = this.box.value;
  }

  onInput() {
    this.grow();
    this.writing.invokeMethodAsync('Change', this.room, this.box.value);
  }

  onKey(event) {
    // 229: a key that an input method is still composing with (WebKit says so no other way).
    if (event.isComposing || event.keyCode === 229 || this.completion.onKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Escape') {
      this.writing.invokeMethodAsync('Dismiss', this.room);
    }
  }

  // One after another, so that what is written first is said first.
  submit() {
    this.completion.close(null);
    const { room } = this;
    const text = this.box.value;
    if (text.trim() === '') return;
    this.setText('');
    this.writing.invokeMethodAsync('Change', room, '');
    this.sending = this.sending.then(async () => {
      // Where the program is gone or has a fault of its own, what was written stays where it was written.
      const back = await this.writing.invokeMethodAsync('SubmitAsync', room, text).catch(() => text);
      if (back !== null && this.room === room && this.box.value === '') this.setText(back);
    });
  }
}
