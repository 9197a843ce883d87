// The text box. What is typed stays in the page and goes to the program as a draft; Enter sends it, and the box is empty at once for what comes next.

export function attach(form, growing, box, dotnet, draft) {
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
  const submit = () => {
    const text = box.value;
    if (text.trim() === '') return;
    show('');
    sending = sending.then(async () => {
      let back = text;
      try {
        back = await dotnet.invokeMethodAsync('SubmitAsync', text);
      } catch {
        // The program is gone or has a fault of its own: what was written stays where it was written.
      }
      if (back !== null && box.value === '') show(back);
    });
  };

  box.addEventListener('input', () => {
    grow();
    dotnet.invokeMethodAsync('Change', box.value);
  });
  box.addEventListener('keydown', (event) => {
    // 229: a key that an input method is still composing with (WebKit says so no other way).
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      dotnet.invokeMethodAsync('Dismiss');
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    box.focus();
  });

  // Typing anywhere writes here; but never out of another field, a dialog, or a shortcut.
  const onKey = (event) => {
    if (!box.isConnected) {
      document.removeEventListener('keydown', onKey);
      return;
    }
    const free = document.activeElement === document.body || document.activeElement?.getAttribute('role') === 'log';
    const writes = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (free && writes && !document.querySelector('dialog[open]')) box.focus();
  };
  document.addEventListener('keydown', onKey);

  show(draft);
  box.readOnly = false;
  box.setSelectionRange(draft.length, draft.length);
  if (!document.querySelector('dialog[open]')) box.focus({ preventScroll: true });
}
