// The chat screen's shortcuts by what they are called there (ChatScreen.PressAsync), written as ShortcutList writes them; a test compares the two.
export const shortcuts = {
  Go: 'Ctrl K',
  Members: 'Ctrl U',
  Emoji: 'Ctrl E', // The text box's own: typing.js.
  Keyboard: 'Ctrl /',
  Above: 'Alt ↑',
  Below: 'Alt ↓',
  UnreadAbove: 'Alt Shift ↑',
  UnreadBelow: 'Alt Shift ↓',
  Notifications: 'Alt N',
  Read: 'Esc',
};

const signs = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

export function nameOf(event) {
  const key = keyOf(event);
  const hasShift = event.shiftKey && key !== '/' && key !== 'Esc'; // Some layouts need it for the first.
  const pressed = [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', hasShift && 'Shift', key].filter(Boolean).join(' ');
  return Object.keys(shortcuts).find((name) => shortcuts[name] === pressed) ?? null;
}

// A layout without Latin letters (Cyrillic, Greek, Hebrew) has them where others do; and with Alt a key may give any sign.
function keyOf({ key, code, altKey }) {
  const isForeign = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  const place = /^Key([A-Z])$/.exec(code ?? '');
  if (place !== null && (isForeign || altKey)) return place[1];
  return signs[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
