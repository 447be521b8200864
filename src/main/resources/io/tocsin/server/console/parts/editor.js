// A text field with line numbers, in which lines can be marked.

import { el, fill } from '../lib/dom.js';

/** Answers {root, text(), set(text), mark(lines), go(line, column)}; `changed` is called at each change. */
export const editor = (label, first, changed) => {
  const gutter = el('pre', { class: 'gutter', 'aria-hidden': 'true' });
  const area = el('textarea', { 'aria-label': label, spellcheck: 'false', autocomplete: 'off', wrap: 'off', rows: 12 });
  const root = el('div', { class: 'editor' }, gutter, area);
  let marked = new Set();
  let drawn = '';
  const number = () => {
    const count = area.value.split('\n').length;
    const key = `${count} ${[...marked].join()}`;
    if (key === drawn) return;
    drawn = key;
    fill(gutter, Array.from({ length: count }, (unused, i) =>
      el('span', { class: marked.has(i + 1) ? 'is-wrong' : null }, `${i + 1}\n`)));
    area.rows = Math.min(32, Math.max(8, count + 1));
  };
  area.addEventListener('scroll', () => { gutter.scrollTop = area.scrollTop; });
  area.addEventListener('input', () => {
    marked = new Set(); // what was wrong may stand elsewhere now
    number();
    changed();
  });
  const set = (text) => {
    area.value = text;
    marked = new Set();
    number();
  };
  set(first);
  return {
    root,
    text: () => area.value,
    set,
    mark: (lines) => {
      marked = new Set(lines);
      number();
    },
    go: (line, column = 1) => {
      const before = area.value.split('\n').slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      area.focus();
      area.setSelectionRange(before + column - 1, before + column - 1);
      area.scrollTop = (line - 4) * (area.scrollHeight / Math.max(1, area.value.split('\n').length));
    },
  };
};
