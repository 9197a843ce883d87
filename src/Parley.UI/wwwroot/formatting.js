// Puts marks around the selected words of a text box, or takes them away.
import { replace } from './Features/Messages/Completion/CompletionList.razor.js';

// By the names in shortcuts.js.
export const formats = { Bold: '**', Italic: '*', Strike: '~~' };

export function format(box, mark) {
  const text = box.value;
  const selected = text.slice(box.selectionStart, box.selectionEnd);
  const words = selected.trim();
  // Blanks at the ends stay outside: a mark beside a blank is none.
  const start = box.selectionStart + (words === '' ? 0 : selected.length - selected.trimStart().length);
  const end = start + words.length;
  if (isMarked(text.slice(0, start), text.slice(end), mark)) {
    replace(box, start - mark.length, end + mark.length, words);
    box.setSelectionRange(start - mark.length, end - mark.length);
  } else {
    replace(box, start, end, mark + words + mark);
    box.setSelectionRange(start + mark.length, end + mark.length);
  }
}

// One asterisk is italic, two are bold, three are both.
function isMarked(before, after, mark) {
  if (mark === formats.Strike) return before.endsWith(mark) && after.startsWith(mark);
  const asterisks = Math.min(/\**$/.exec(before)[0].length, /^\**/.exec(after)[0].length);
  return mark === formats.Bold ? asterisks >= 2 : asterisks % 2 === 1;
}
