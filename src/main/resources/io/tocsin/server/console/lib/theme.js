// Light, dark, or as the system says.

import * as kept from './kept.js';

const ORDER = ['auto', 'light', 'dark'];
const LOOKS = { auto: '◐', light: '☀', dark: '☾' };
let theme = ORDER.includes(kept.read('theme')) ? kept.read('theme') : 'auto';

const apply = () => {
  document.documentElement.classList.toggle('theme-light', theme === 'light');
  document.documentElement.classList.toggle('theme-dark', theme === 'dark');
  window.dispatchEvent(new Event('tocsin:theme')); // what is drawn on a canvas has to be drawn anew
};

/** Makes a button go through the three. */
export const start = (button) => {
  const show = () => {
    button.textContent = LOOKS[theme];
    button.setAttribute('aria-label', `Theme: ${theme}; change it`);
    button.title = `theme: ${theme === 'auto' ? 'as the system' : theme}`;
  };
  button.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    kept.write('theme', theme);
    apply();
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
  apply();
  show();
};
