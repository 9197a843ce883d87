// The composer's text box. The text stays in the page and goes to the program as a draft; Enter sends it and empties the box at once. One text box serves all
// rooms: the form's attributes say which room it writes to, and that room's draft. Every call to the program names the room that the text was typed for.
import { isFocusFree, openOverlay, whenRemoved } from '../../focus.js';
import { format, formats } from '../../formatting.js';
import { markReady } from '../../key-queue.js';
import { hasModifier, isComposing } from '../../keys.js';
import { call } from '../../program.js';
import { nameOf } from '../../shortcuts.js';
import { Completion, replace } from './Completion/CompletionList.razor.js';

export function attach(form, bar, grow, box, session, completionList, room) {
  // The composer may be gone by the time that this module has loaded.
  if (box !== null) new Composer(form, bar, grow, box, session, completionList, room);
}

// Inserts text at the caret. Unless it is the last one, the focus stays in the picker.
export function insert(box, text, isLast) {
  if (isLast) {
    replace(box, box.selectionStart, box.selectionEnd, text);
    return;
  }
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input'));
}

// Gives the box another text (null leaves it as it is), and the focus with the caret at the end.
export function replaceText(box, text) {
  if (text !== null) {
    box.value = text;
    box.parentElement.dataset.text = text;
  }
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

// After the picker has closed; it gives the focus back to its button.
export function focus(box, emojiButton) {
  if (isFocusFree() || document.activeElement === emojiButton) box.focus();
}

class Composer {
  constructor(form, bar, grow, box, session, completionList, room) {
    Object.assign(this, { form, box, session, room, growElement: grow });
    this.sending = Promise.resolve();
    this.completion = new Completion(box, bar, completionList);
    box.addEventListener('input', () => this.onInput());
    box.addEventListener('keydown', (event) => this.onKey(event));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
      box.focus();
    });

    // Text that was typed before this module had loaded.
    if (box.value !== grow.dataset.text) this.onInput();
    this.takeFocus();
    markReady(box);

    // An observer is called right after Blazor's update, before any other event.
    this.rooms = new MutationObserver(() => this.switchRoom());
    this.rooms.observe(form, { attributeFilter: ['data-room'] });
    this.switchRoom();
    whenRemoved(form, () => this.detach());
  }

  detach() {
    this.rooms.disconnect();
    this.overlays?.disconnect();
  }

  // The text so far has been sent as the draft of the former room.
  switchRoom() {
    if (this.form.dataset.room === this.room) return;
    this.completion.close(null);
    this.room = this.form.dataset.room;
    this.setText(this.form.dataset.draft);
    this.takeFocus();
  }

  // The dialog or popover that led here may still be open, and restores the focus when it closes: wait for that. Another text field keeps the focus.
  takeFocus() {
    this.overlays?.disconnect();
    if (!this.box.isConnected) return;
    if (openOverlay() !== null) {
      this.overlays = new MutationObserver(() => this.takeFocus());
      this.overlays.observe(document.body, { childList: true, subtree: true });
      return;
    }
    if (document.activeElement?.matches('input, textarea:not([data-composer-box])')) return;
    if (document.activeElement !== this.box) this.box.setSelectionRange(this.box.value.length, this.box.value.length);
    this.box.focus({ preventScroll: true });
  }

  setText(text) {
    this.box.value = text;
    this.grow();
  }

  // An invisible copy of the text gives the box its height. Measuring the box itself would shrink it for a moment, and the message list would scroll.
  grow() {
    this.growElement.dataset.text = this.box.value;
  }

  onInput() {
    this.grow();
    call(this.session, 'Change', this.room, this.box.value);
  }

  onKey(event) {
    if (isComposing(event) || this.completion.onKey(event)) return;
    const mark = formats[nameOf(event)];
    if (event.key === 'Enter' && !event.shiftKey && !hasModifier(event)) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Escape') {
      // What is closed here is all that this Escape is for; else it is the screen's.
      if (this.form.dataset.closes === 'true') event.stopPropagation();
      call(this.session, 'Dismiss', this.room);
    } else if (mark !== undefined) {
      event.preventDefault();
      format(this.box, mark);
    } else if (event.key === 'ArrowUp' && this.box.value === '' && !hasModifier(event) && !event.shiftKey) {
      event.preventDefault();
      call(this.session, 'EditLast', this.room);
    }
  }

  // One after another, so that messages are sent in the order in which they were written.
  submit() {
    this.completion.close(null);
    const { room } = this;
    const text = this.box.value;
    // An edit to nothing asks whether the message is to be deleted.
    if (text.trim() === '' && this.form.dataset.edits !== 'true') return;
    this.setText('');
    call(this.session, 'Change', room, '');
    this.sending = this.sending.then(async () => {
      // Where the call fails, the text goes back into the box.
      const answer = await call(this.session, 'SubmitAsync', room, text);
      const back = answer === undefined ? text : answer;
      if (back !== null && this.room === room && this.box.value === '') this.setText(back);
    });
  }
}
