// A browser's keys for larger and smaller, which WebKitGTK leaves to the program around it. What they change is the size of text, and not the scale of the
// page: the window is as large as it was, and the panels keep their places.
import { apply } from '../../appearance.js';

export function attach(dotnet) {
  const gone = new AbortController();
  const steps = { '+': 1, '=': 1, '-': -1, _: -1, 0: 0 };

  document.addEventListener(
    'keydown',
    async (event) => {
      if (!event.ctrlKey || event.altKey || event.metaKey || !(event.key in steps) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      try {
        const percent = await dotnet.invokeMethodAsync('Step', steps[event.key]);
        const { themeChoice, density } = document.documentElement.dataset;
        apply(themeChoice, density, percent);
      } catch {
        gone.abort();
      }
    },
    { capture: true, signal: gone.signal },
  );
}
