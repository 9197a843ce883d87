// The appearance that a person chose, put on the root element, where tokens.css and the components' styles look for it.
const root = document.documentElement;
const prefersLight = matchMedia('(prefers-color-scheme: light)');

export function apply(theme, density, fontPercent) {
  root.dataset.themeChoice = theme;
  root.dataset.density = density;
  root.style.fontSize = fontPercent === 100 ? '' : `${(16 * fontPercent) / 100}px`;
  follow();
}

function follow() {
  const choice = root.dataset.themeChoice;
  root.dataset.theme = choice === 'system' ? (prefersLight.matches ? 'light' : 'dark') : choice;
}

prefersLight.addEventListener('change', follow);
apply(root.dataset.themeChoice, root.dataset.density, Number(root.dataset.font));
