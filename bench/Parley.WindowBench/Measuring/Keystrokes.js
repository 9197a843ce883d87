// Takes the time of each key from its event's own stamp until the frame with its letter was painted.
const box = document.querySelector('.composer__box');
const times = [];
let pressed = null;
box.focus();
box.addEventListener('keydown', (event) => {
  pressed = event.timeStamp;
});
box.addEventListener('input', () => {
  const since = pressed;
  requestAnimationFrame(() => {
    // A message to oneself comes after the frame was painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => times.push(performance.now() - since);
    port2.postMessage(null);
  });
});
window.endKeystrokes = () => times;
