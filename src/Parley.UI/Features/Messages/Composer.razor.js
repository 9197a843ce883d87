// The text box. What is typed stays in the page and goes to the program as a draft; Enter sends it, and the box is empty at once for what comes next.
import { adopt } from '../../typing.js';
import { Completion, replace } from './Completion/CompletionList.razor.js';

export function attach(form, bar, growing, box, dotnet, completing) {
  // By the time that the module has arrived the reader may be in another conversation.
  if (box === null) return;
  let sending = Promise.resolve();

  // The text stands a second time, unseen, in the box's parent, whose height both share. Measuring the box itself would shrink it for a moment, and the
  // list of messages above would lose its place.
  const grow = () => {
    growing.dataset.text = box.value;
  };

  const show = (text) => {
    box.value = text;
    grow();
  };

  // One after another, so that what is written first is said first.
  const submit = (text, rest) => {
    if (text.trim() === '') return;
    show(rest);
    sending = sending.then(async () => {
      let back = text;
      try {
        const answer = dotnet.invokeMethodAsync('SubmitAsync', text);
        // That has emptied the draft, where more may have been typed by now.
        if (box.value !== '') dotnet.invokeMethodAsync('Change', box.value);
        back = await answer;
      } catch {
        // The program is gone or has a fault of its own: what was written stays where it was written.
      }
      if (back !== null && box.value === '') show(back);
    });
  };

  // Enter was pressed a moment ago: what was typed behind the caret since then belongs to the next message.
  const submitHeld = ({ value, caret }) => {
    const tail = value.length - caret;
    const since = box.value.slice(caret, box.value.length - tail);
    if (box.value === value.slice(0, caret) + since + value.slice(caret)) submit(value, since);
  };

  const completion = new Completion(box, bar, completing, submitHeld);

  box.addEventListener('input', () => {
    grow();
    dotnet.invokeMethodAsync('Change', box.value);
  });
  box.addEventListener('keydown', (event) => {
    // 229: a key that an input method is still composing with (WebKit says so no other way).
    if (event.isComposing || event.keyCode === 229 || completion.onKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      completion.close(null);
      submit(box.value, '');
    } else if (event.key === 'Escape') {
      dotnet.invokeMethodAsync('Dismiss');
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    completion.close(null);
    submit(box.value, '');
    box.focus();
  });

  // What was typed since the box was drawn; keys that need this module waited for it.
  if (box.value !== growing.dataset.text) box.dispatchEvent(new Event('input'));
  if (!document.querySelector('dialog[open], :popover-open') && !document.activeElement?.matches('input, textarea')) {
    if (document.activeElement !== box) box.setSelectionRange(box.value.length, box.value.length);
    box.focus({ preventScroll: true });
  }
  adopt(box);

  // The program has left the conversation, the page has not drawn that yet: what is typed and sent until then still counts.
  box.leave = async () => {
    await new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (box.isConnected) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    await sending;
  };
}

// Answers when nothing more can come from a box that is leaving the page.
export function leave(box) {
  return box?.leave();
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
