// Looks at the list in every frame, and how far it followed the wheel. Blank is a frame in which rows do not reach over the whole viewport although there are more messages on that side.
const viewport = document.querySelector('[role="log"]');
const content = viewport.firstElementChild;
const seen = { messages: 0, turned: 0, moved: 0, seconds: 0, longestBlank: 0, blank: 0, frames: 0, slowFrames: 0, longestFrame: 0 };
const started = performance.now();
let last = null;
let blankSince = null;
let running = true;
// A row in the middle of the view, and where it stood in the last frame: what it moves is what the reader sees move, whatever the list does meanwhile.
let followed = null;

viewport.addEventListener('wheel', (event) => { seen.turned += Math.abs(event.deltaY); }, { passive: true });

const firstInView = (rows) => {
  const top = viewport.getBoundingClientRect().top;
  const row = rows.find((each) => each.getBoundingClientRect().bottom > top) ?? rows.at(-1);
  return Number(row?.dataset.number ?? 0);
};

const begin = firstInView([...content.querySelectorAll('[data-number]')]);

// Rows stand one under another without a hole, so the first and the last tell.
const isBlank = (rows) => {
  if (rows.length === 0) return true;
  const view = viewport.getBoundingClientRect();
  const above = content.dataset.older === 'true' && rows[0].getBoundingClientRect().top > view.top + 1;
  const below = content.dataset.newer === 'true' && rows.at(-1).getBoundingClientRect().bottom < view.bottom - 1;
  return above || below;
};

const topOf = (row) => row.getBoundingClientRect().top - viewport.getBoundingClientRect().top;

const follow = (rows) => {
  if (followed?.row.isConnected) seen.moved += Math.abs(topOf(followed.row) - followed.top);
  const row = rows.find((each) => topOf(each) > viewport.clientHeight / 2);
  followed = row ? { row, top: topOf(row) } : null;
};

const look = (now) => {
  if (!running) return;
  const rows = [...content.querySelectorAll('[data-number], .day')];
  if (last !== null) {
    seen.frames++;
    if (now - last > 50) seen.slowFrames++;
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    if (blankSince !== null) seen.blank += now - last;
  }
  last = now;
  follow(rows);
  if (isBlank(rows)) {
    blankSince ??= now;
  } else if (blankSince !== null) {
    seen.longestBlank = Math.max(seen.longestBlank, now - blankSince);
    blankSince = null;
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);

window.endScrolling = () => {
  running = false;
  const now = performance.now();
  if (blankSince !== null) seen.longestBlank = Math.max(seen.longestBlank, now - blankSince);
  seen.seconds = (now - started) / 1000;
  seen.messages = Math.abs(begin - firstInView([...content.querySelectorAll('[data-number]')]));
  return seen;
};
