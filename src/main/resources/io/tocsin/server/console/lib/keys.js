// Keyboard shortcuts. A key does nothing while somebody writes, or while a dialog asks something.

import { el } from './dom.js';

const GO = { i: ['Incidents', '#/'], f: ['Fleet', '#/fleet'], n: ['Network', '#/network'], b: ['Bottlenecks', '#/bottlenecks'],
  h: ['Healing', '#/healing'], r: ['Rules', '#/rules'], s: ['Silences', '#/silences'], e: ['Security', '#/security'],
  c: ['Capacity', '#/capacity'], p: ['Pipeline', '#/pipeline'], a: ['Audit', '#/audit'] };
const WAIT = 1500; // for the letter after g
const ROWS = 'main [data-row], main tbody tr td:first-child a';

const visible = (node) => node.checkVisibility?.() ?? node.offsetParent !== null;

const move = (by) => {
  const marked = [...document.querySelectorAll('main [data-row]')].filter(visible);
  const rows = marked.length ? marked : [...document.querySelectorAll(ROWS)].filter(visible);
  if (!rows.length) return;
  const here = rows.findIndex((row) => row === document.activeElement || row.closest('li, tr')?.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
};

/** Presses the button of this key: in the row that has the focus, or else the page's own. */
const press = (key) => {
  const row = document.activeElement?.closest('li, tr');
  const found = row?.querySelector(`[data-key="${key}"]`) ?? [...document.querySelectorAll(`main [data-key="${key}"]`)].find((each) => !each.closest('li, tr'));
  found?.click();
  return Boolean(found);
};

const line = (keys, does) => [el('dt', {}, keys.map((key) => [el('kbd', {}, key), ' '])), el('dd', {}, does)];

/** Shows what keys there are. */
export const help = () => {
  const dialog = el('dialog', { 'aria-labelledby': 'keys-title' });
  dialog.append(el('h2', { id: 'keys-title' }, 'Keyboard'),
    el('dl', { class: 'facts keys' },
      line(['j'], 'next in the list'), line(['k'], 'the one before'), line(['Enter'], 'open it'), line(['/'], 'search'),
      line(['a'], 'acknowledge the incident with the focus, or of the page'), line(['s'], 'silence it'), line(['n'], 'add a note (incident page)'),
      line(['u'], 'back to the board'), line(['?'], 'this list'),
      Object.entries(GO).map(([key, [name]]) => line(['g', key], name))),
    el('div', { class: 'buttons' }, el('button', { on: { click: () => dialog.close() } }, 'Close')));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};

/** Listens from now on. */
export const listen = () => {
  let went = 0;
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    if (target.closest?.('input, select, textarea, [contenteditable]')) {
      if (key === 'Escape') target.blur();
      return;
    }
    const done = () => event.preventDefault();
    if (Date.now() - went < WAIT && GO[key]) {
      went = 0;
      location.hash = GO[key][1];
      return done();
    }
    went = key === 'g' ? Date.now() : 0;
    if (key === '/') {
      const search = document.querySelector('#search, main input[type="search"]');
      if (search) {
        search.focus();
        done();
      }
    } else if (key === '?') {
      help();
      done();
    } else if (key === 'j' || key === 'k') {
      move(key === 'j' ? 1 : -1);
      done();
    } else if (key === 'u' && location.hash.startsWith('#/incidents/')) {
      location.hash = '#/';
    } else if (['a', 's', 'n'].includes(key) && press(key)) {
      done();
    }
  });
};
