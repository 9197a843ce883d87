// The chat screen's shortcuts and what they are called there (ChatScreen.PressAsync). ShortcutList shows the same.
export function nameOf(event) {
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  if (control && !event.shiftKey && key === 'k') return 'Go';
  if (control && !event.shiftKey && key === 'u') return 'Members';
  if (control && key === '/') return 'Keyboard';
  const alone = event.altKey && !event.ctrlKey && !event.metaKey;
  if (alone && key === 'arrowup') return event.shiftKey ? 'UnreadAbove' : 'Above';
  if (alone && key === 'arrowdown') return event.shiftKey ? 'UnreadBelow' : 'Below';
  if (alone && !event.shiftKey && event.code === 'KeyN') return 'Notifications';
  if (key === 'escape' && !event.ctrlKey && !event.altKey && !event.metaKey) return 'Read';
  return null;
}
