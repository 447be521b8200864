// Small parts of the pages about resources.

import { get } from '../../lib/api.js';
import { el, fill, short } from '../../lib/dom.js';

/** A bar with a mark on it, such as a figure beside its threshold. Widths go by CSSOM, which the content policy allows. */
export const gauge = (label) => {
  const bar = el('span', { class: 'gauge-bar' });
  const mark = el('span', { class: 'gauge-mark' });
  const root = el('span', { class: 'gauge', role: 'img', 'aria-label': label }, bar, mark);
  return {
    root,
    set: (share, markShare, words, style = '') => {
      bar.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
      mark.hidden = markShare === null || markShare === undefined;
      if (!mark.hidden) mark.style.left = `${Math.max(0, Math.min(1, markShare)) * 100}%`;
      root.setAttribute('aria-label', words);
      root.className = `gauge ${style}`;
    },
  };
};

/** A table whose rows are replaced as they change: {root, rows(list of lists of texts or elements)}. `numbers`: columns of figures. */
export const table = (label, heads, numbers = []) => {
  const isNumber = (at) => (numbers.includes(at) ? 'number' : null);
  const body = el('tbody');
  const root = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
    el('table', {}, el('thead', {}, el('tr', {}, heads.map((head, at) => el('th', { scope: 'col', class: isNumber(at) }, head)))), body));
  return {
    root,
    rows: (rows) => fill(body, rows.map((cells) =>
      el('tr', {}, cells.map((cell, at) => (at === 0 ? el('th', { scope: 'row', class: 'row-head', dir: 'auto' }, cell) : el('td', { class: isNumber(at) }, cell)))))),
  };
};

/** Pairs of a word and what it is; those without are left out. */
export const facts = (pairs) =>
  el('dl', { class: 'facts' }, pairs.filter(([, what]) => what !== null && what !== undefined && what !== '' && what !== false)
    .map(([name, what]) => [el('dt', { dir: 'auto' }, name), el('dd', { dir: 'auto' }, what)]));

/** Text in which one address may stand, such as a source: only http and https become links. */
export const withLink = (text) => {
  const [address] = /https?:\/\/[^\s<>"]+/.exec(text) ?? [];
  if (!address || !URL.canParse(address)) return [short(text, 600)];
  const before = text.slice(0, text.indexOf(address)).replace(/[,\s]+$/, '');
  return [short(before, 400), before ? ', ' : '', el('a', { href: address, rel: 'noreferrer noopener' }, new URL(address).host),
    short(text.slice(text.indexOf(address) + address.length), 200)];
};

/** Runs a while after it is asked for, once for all who ask meanwhile: a storm of events must not put it off for ever. */
export const after = (ms, run, signal) => {
  let timer = 0;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = 0;
      if (!signal.aborted) run();
    }, ms);
  };
};

/** Whether somebody's mouse or keys were at work in a part of the page within the last `ms`. */
export const lately = (node, ms, signal) => {
  let usedAt = -Infinity;
  const used = () => { usedAt = performance.now(); };
  for (const kind of ['pointermove', 'keydown', 'focusin', 'wheel']) node.addEventListener(kind, used, { passive: true, signal });
  return () => performance.now() - usedAt < ms && (node.matches(':hover') || node.contains(document.activeElement));
};

const MOST_PAGES = 10;

/** All pages of a long list, 1,000 rows each; at most 10,000 rows, which is more than anybody looks through. */
export const everything = async (path, query, signal) => {
  const rows = [];
  let after = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { body, headers } = await get(path, { ...query, limit: 1000, after }, { signal, withHeaders: true });
    rows.push(...body);
    const [, next] = /<([^>]*)>;\s*rel="next"/.exec(headers.get('Link') ?? '') ?? [];
    if (!next) break;
    after = new URL(next, location.href).searchParams.get('after');
  }
  return rows;
};
