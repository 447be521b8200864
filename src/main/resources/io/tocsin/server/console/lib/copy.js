// A command or secret that people copy. It is text; nothing here runs it.

import { el } from './dom.js';

const select = (node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
};

/** A block of text with a button that copies it; where the browser forbids that, it is selected instead. */
export const copyable = (text, label = 'Copy the command') => {
  const code = el('code', { dir: 'ltr' }, text);
  const button = el('button', { type: 'button', class: 'small', 'aria-label': label }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      select(code);
      button.textContent = 'Selected';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  return el('div', { class: 'copyable' }, el('pre', { tabindex: '0', role: 'group', 'aria-label': 'Text to copy' }, code), button);
};
