// Opens the form, names the day, and takes the time from its button to the frame in which the day's first message stands in the view.
const [day, number, done] = arguments;
const viewport = document.querySelector('[role="log"]');

const until = (find, then) => {
  const found = find();
  if (found) then(found);
  else requestAnimationFrame(() => until(find, then));
};

// A message to oneself comes after the frame was painted.
const afterPaint = (then) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = then;
  port2.postMessage(null);
};

const inPlace = () => {
  const row = viewport.querySelector(`[data-number="${number}"]`);
  if (!row) return false;
  const view = viewport.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  return top >= view.top - 1 && bottom <= view.bottom + 1;
};

document.querySelector('header [aria-haspopup="dialog"], .day__button').click();
until(() => document.querySelector('.jump__field'), (field) => {
  field.value = day;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  // What was set goes to the program before the press; a person's pause between the two is longer.
  setTimeout(() => {
    const pressed = performance.now();
    field.form.requestSubmit();
    until(inPlace, () => afterPaint(() => {
      const took = performance.now() - pressed;
      setTimeout(() => done(took), 500);
    }));
  }, 300);
});
