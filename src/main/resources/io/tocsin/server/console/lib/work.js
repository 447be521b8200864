// Parts of the pages one works with: headings, tables that are patched in place, filters.

import { badge, el, fill, short } from './dom.js';
import { keyed as inStep } from './patch.js';

/** What stands there until the answer is. */
export const loading = (text) => el('p', { class: 'loading', role: 'status' }, `${text} …`);

/** The top of a page: its one h1, a line that says what it is for, and what can be done. */
export const head = (heading, intro, ...actions) =>
  el('header', { class: 'page-head' },
    el('div', {}, el('h1', {}, heading), intro ? el('p', { class: 'soft' }, intro) : null),
    actions.length ? el('div', { class: 'buttons' }, ...actions) : null);

/** A titled part of a page. `count` is written beside the title; answers {root, body, count(n)}. */
export const panel = (heading, hint) => {
  const number = el('span', { class: 'count' });
  const body = el('div', { class: 'panel-body' });
  const root = el('section', { class: 'panel' },
    el('div', { class: 'panel-head' }, el('h2', {}, heading, ' ', number), hint ? el('p', { class: 'hint' }, hint) : null), body);
  return { root, body, count: (n) => { number.textContent = n === null ? '' : String(n); } };
};

/**
 * Children of an element, one per item: those that are there already stay the same nodes, so that focus, selection and
 * what is unfolded are kept. `make(item)` answers {root, update(item)}.
 */
export const keyed = (parent, keyOf, make) => {
  const rows = new Map();
  return (items) => inStep(parent, rows, items, keyOf, (item) => {
    const { root, update } = make(item);
    return { node: root, patch: update };
  });
};

const MOST_ROWS = 200;
const MOST_CARDS = 20; // on a phone a row is a card

/**
 * A table. `columns` is [{name, cell: item → text or node, sig: item → text that changes when the cell does, number}].
 * Without `sig` a cell that is no text is drawn anew when anything of the item changed. Answers {root, show(items)}.
 */
export const table = (label, columns, keyOf, { most = MOST_ROWS } = {}) => {
  const body = el('tbody');
  const more = el('button', { class: 'more', hidden: true }, '');
  const root = el('div', {},
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
      el('table', { class: 'work becomes-cards' }, el('thead', {}, el('tr', {},
        columns.map((each) => el('th', { scope: 'col', class: each.number ? 'number' : null }, each.name)))), body)),
    more);
  const step = matchMedia('(max-width: 700px)').matches ? Math.min(most, MOST_CARDS) : most;
  let limit = step;
  let last = [];
  const make = (first) => {
    const cells = columns.map(() => el('div'));
    const places = columns.map((each, i) => el('td', { class: each.number ? 'number' : each.cls, data: { label: each.name } }, cells[i]));
    const seen = columns.map(() => undefined);
    const made = el('tr', {}, places);
    const update = (item) => {
      let whole; // made once, and only if a column needs it
      columns.forEach((column, i) => {
        const now = column.sig ? column.sig(item) : (whole ??= JSON.stringify(item));
        if (now === seen[i]) return;
        seen[i] = now;
        fill(cells[i], column.cell(item));
      });
    };
    update(first);
    return { root: made, update };
  };
  const draw = keyed(body, keyOf, make);
  const show = (items) => {
    last = items;
    draw(items.slice(0, limit));
    more.hidden = items.length <= limit;
    more.textContent = `Show more (${items.length - limit} left)`;
  };
  more.addEventListener('click', () => {
    limit += step;
    show(last);
  });
  return { root, show };
};

/** A labelled input above a list; `options` makes it a select. Calls back at each change. */
export const filter = (label, onChange, { options, value = '', type = 'search', placeholder } = {}) => {
  const input = options
    ? el('select', {}, options.map(([key, text]) => el('option', { value: key }, text)))
    : el('input', { type, placeholder, maxlength: 200 });
  input.value = value;
  input.addEventListener('input', () => onChange(input.value));
  return el('label', { class: 'filter' }, el('span', {}, label), input);
};

/** What stands behind the `?` of the page's own address. */
export const asked = () => new URLSearchParams(location.hash.split('?')[1] ?? '');

/** Writes down what is shown, so that the address can be sent to somebody. */
export const remember = (values) => {
  const words = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  const path = location.hash.split('?')[0];
  history.replaceState(null, '', words.size ? `${path}?${words}` : path);
};

/** Names and values. */
export const facts = (pairs) =>
  el('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));

/** An incident by its id; ids are long, the end tells them apart. */
export const incidentRef = (id) =>
  id ? el('a', { href: `#/incidents/${encodeURIComponent(id)}`, title: id, class: 'mono' }, id.length > 14 ? `…${id.slice(-10)}` : id) : '–';

/** A badge of an enum constant, in words; `style` colours it where the constant itself has no colour. */
export const stateBadge = (constant, style = constant) =>
  badge(short(constant ?? '–', 40).toLowerCase().replaceAll('_', ' '), style);
