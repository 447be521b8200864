// Advice on sizes.

import { el, fill, resourceLink, short } from '../lib/dom.js';
import { bytes, number, percent, word } from '../lib/format.js';
import { filter, stateBadge, table } from '../lib/work.js';

const ORDER = ['GROW', 'VETOED', 'SHRINK', 'KEEP', 'REFUSED'];
const STYLE = { GROW: 'P1', SHRINK: 'OK', VETOED: 'P2' };

const amount = (dimension, value) => {
  if (value === null || value === undefined) return '?';
  return dimension === 'MEMORY' ? bytes(value) : `${number(value, 2)} ${value === 1 ? 'core' : 'cores'}`;
};

const COLUMNS = [
  { name: 'Resource', cls: 'min', cell: (each) => resourceLink(each.id) },
  { name: 'Of', cell: (each) => word(each.dimension) },
  { name: 'Advice', cell: (each) => stateBadge(each.verdict, STYLE[each.verdict]) },
  { name: 'Has', number: true, cell: (each) => amount(each.dimension, each.has) },
  { name: 'Needs', number: true, cell: (each) => (each.floor ?? each.isFloor ? '≥ ' : '') + amount(each.dimension, each.needs) },
  { name: 'Uses', number: true, cell: (each) => amount(each.dimension, each.used) },
  { name: 'Sure', number: true, cell: (each) => percent(100 * (each.confidence ?? 0), 0) },
  { name: 'Why', cls: 'min', cell: (each) => el('bdi', { class: 'small' }, short(each.reason, 200)) },
];

/** The sum of what could be given back, and what is short. */
const total = (all) => {
  const saved = (dimension) => all.filter((each) => each.dimension === dimension && each.verdict === 'SHRINK').reduce((sum, each) => sum + each.has - each.needs, 0);
  const short = all.filter((each) => each.verdict === 'GROW').length;
  return el('p', {}, 'Could be given back: ', el('strong', {}, amount('CPU', saved('CPU'))), ' and ', el('strong', {}, amount('MEMORY', saved('MEMORY'))), '. Too small: ', el('strong', {}, String(short)), '.');
};

/** Draws advice: what is too small first, then what is held back, then what may shrink. */
export const sizes = (host, all) => {
  const shown = table('Advice on sizes', COLUMNS, (each) => `${each.id} ${each.dimension}`, { most: 25 });
  let verdict = '';
  const draw = () => shown.show(all.filter((each) => !verdict || each.verdict === verdict)
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || (a.id < b.id ? -1 : 1)));
  fill(host, total(all), el('div', { class: 'filters' }, filter('Advice', (value) => {
    verdict = value;
    draw();
  }, { options: [['', 'all'], ...ORDER.map((each) => [each, `${word(each)} (${all.filter((one) => one.verdict === each).length})`])] })), shown.root,
  el('p', { class: 'hint' }, 'Vetoed: it uses less than it has, but something says that it is short. Refused: too little was measured. ≥: it was used up, so nobody knows how much more it would take.'));
  draw();
};
