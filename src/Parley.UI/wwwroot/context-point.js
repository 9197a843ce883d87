// Where the pointer asked for a context menu, until anything else is pressed: the menu that opens then opens there.
let point = null;

for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, () => (point = null), true);
document.addEventListener(
  'contextmenu',
  (event) => {
    if (event.button === 2) setContextPoint(event.clientX, event.clientY);
  },
  true,
);

export const contextPoint = () => point;

// For a menu that a key asked for, where what has the focus is too large to stand beside.
export function setContextPoint(x, y) {
  point = new DOMRect(x, y, 0, 0);
}
