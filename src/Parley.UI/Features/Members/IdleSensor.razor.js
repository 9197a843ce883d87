import { call } from '../../program.js';

let latest = () => {};

// The program knows better: the screen was locked (idle), or unlocked.
export const show = (value) => latest(value);

// Says when nobody has touched the page for a while, and when somebody does again. A touch only notes the time: the one timer looks when it is due, and
// waits for the rest. While nobody is there no timer runs at all.
export function attach(dotnet, limit) {
  const lifetime = new AbortController();
  let [touched, idle, x, y] = [Date.now(), false, 0, 0];
  let timer = setTimeout(look, limit);

  function look() {
    const rest = Math.min(limit, touched + limit - Date.now());
    if (rest > 0) timer = setTimeout(look, rest);
    else tell(true);
  }

  function touch(event) {
    // What moves under a pointer that lies still is no touch.
    if (event.type === 'pointermove' && event.screenX === x && event.screenY === y) return;
    [x, y] = [event.screenX ?? x, event.screenY ?? y];
    touched = Date.now();
    if (!idle) return;
    timer = setTimeout(look, limit);
    tell(false);
  }

  latest = (value) => {
    clearTimeout(timer);
    [idle, touched] = [value, Date.now()];
    if (!idle) timer = setTimeout(look, limit);
  };

  async function tell(value) {
    idle = value;
    if ((await call(dotnet, 'Report', value)) !== undefined) return;
    lifetime.abort();
    clearTimeout(timer);
  }

  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'])
    document.addEventListener(type, touch, { passive: true, capture: true, signal: lifetime.signal });
}
