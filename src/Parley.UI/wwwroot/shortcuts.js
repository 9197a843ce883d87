// The chat screen's shortcuts, by the names that ChatScreen.PressAsync knows, written as ShortcutList writes them; a test compares them.
export const shortcuts = {
  QuickSwitcher: 'Ctrl K',
  Members: 'Ctrl U',
  Emoji: 'Ctrl E',
  Bold: 'Ctrl B',
  Italic: 'Ctrl I',
  Strike: 'Ctrl Shift X',
  Keyboard: 'Ctrl /',
  RoomAbove: 'Alt ↑',
  RoomBelow: 'Alt ↓',
  UnreadRoomAbove: 'Alt Shift ↑',
  UnreadRoomBelow: 'Alt Shift ↓',
  Notifications: 'Alt N',
  JumpToPresent: 'Esc',
};

// The composer handles these itself.
export const composerShortcuts = new Set(['Emoji', 'Bold', 'Italic', 'Strike']);

const symbols = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

export function nameOf(event) {
  const key = keyOf(event);
  const hasShift = event.shiftKey && key !== '/' && key !== 'Esc'; // Some layouts need it for the first.
  const pressed = [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', hasShift && 'Shift', key].filter(Boolean).join(' ');
  return Object.keys(shortcuts).find((name) => shortcuts[name] === pressed) ?? null;
}

// On a layout without Latin letters (Cyrillic, Greek, Hebrew), and with Alt, the key's position tells which letter is meant.
function keyOf({ key, code, altKey }) {
  const isForeign = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  const position = /^Key([A-Z])$/.exec(code ?? '');
  if (position !== null && (isForeign || altKey)) return position[1];
  return symbols[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
