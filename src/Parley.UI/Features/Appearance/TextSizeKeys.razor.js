// Ctrl and +, -, 0 change the size of text, as WebKitGTK leaves these keys to the program. They do not change the scale of the page, so the panels keep their
// sizes.
import { apply } from '../../appearance.js';
import { openDialog } from '../../focus.js';
import { call } from '../../program.js';

export function attach(dotnet) {
  const lifetime = new AbortController();
  const steps = { '+': 1, '=': 1, '-': -1, _: -1, 0: 0 };

  document.addEventListener(
    'keydown',
    async (event) => {
      if (!event.ctrlKey || event.altKey || event.metaKey || !(event.key in steps) || openDialog()) return;
      event.preventDefault();
      const percent = await call(dotnet, 'Step', steps[event.key]);
      if (percent === undefined) return lifetime.abort();
      const { themeChoice, density } = document.documentElement.dataset;
      apply(themeChoice, density, percent);
    },
    { capture: true, signal: lifetime.signal },
  );
}
