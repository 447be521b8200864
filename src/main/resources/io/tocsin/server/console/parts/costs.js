// What a month costs, by service, and whether the project pays.

import { el, fill, short, svg } from '../lib/dom.js';
import { number } from '../lib/format.js';

const GUESSES = ['LOW', 'BASE', 'HIGH'];
const MOST = 30;

/** Amounts are traced numbers ({value, …}) or plain ones. */
const value = (of) => (of === null || of === undefined ? null : typeof of === 'number' ? of : of.value);
const money = (amount, currency) => (amount === null ? '–' : `${number(amount, 2)} ${currency}`);

const bar = (name, low, base, high, most, currency, style) =>
  el('div', { class: `price-bar ${style ?? ''}` }, el('bdi', {}, short(name, 60)),
    svg('svg', { viewBox: '0 0 100 16', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      high === null ? null : svg('rect', { x: 0, y: 3, width: (high / most) * 100, height: 10, class: 'low-high' }),
      svg('rect', { x: 0, y: 3, width: Math.max(0.3, (base / most) * 100), height: 10 })),
    el('span', { class: 'number' }, money(base, currency), low === null || low === high ? '' : el('span', { class: 'soft small' }, ` (${number(low, 0)} to ${number(high, 0)})`)));

const roi = (all, currency) =>
  el('div', {}, el('h3', { class: 'spaced' }, 'Return on investment'),
    el('div', { class: 'roi' }, all.map((each) => el('div', {}, el('span', { class: 'soft small' }, each.estimate.toLowerCase()),
      el('strong', { class: value(each.roi) < 0 ? 'is-P0' : 'is-OK' }, value(each.roi) === null ? '–' : `${number(value(each.roi), 1)} %`),
      el('span', { class: 'small' }, `gain ${money(value(each.gain), currency)}, investment ${money(value(each.investment), currency)}`)))),
    el('p', { class: 'hint' }, 'Low: low gains and high investments. (gain − investment) ÷ investment.'));

/** Draws costs. */
export const costs = (host, answer) => {
  const { currency } = answer;
  const three = (of) => GUESSES.map((each) => value(of?.[each] ?? of?.[each.toLowerCase()]));
  const now = three(answer.now);
  const advised = three(answer.advised);
  const services = Object.entries(answer.services ?? {}).map(([name, of]) => [name || 'no service', value(of)]).sort((a, b) => b[1] - a[1]);
  const most = Math.max(now[2] ?? now[1], advised[2] ?? advised[1], 1);
  const saved = now[1] - advised[1];
  fill(host,
    bar('As it is', ...now, most, currency), bar('At the sizes advised', ...advised, most, currency, 'is-advised'),
    el('p', {}, saved >= 0 ? 'The advice saves ' : 'The advice costs ', el('strong', {}, money(Math.abs(saved), currency)), ' a month.'),
    services.length ? el('div', {}, el('h3', { class: 'spaced' }, 'By service, as it is'),
      services.slice(0, MOST).map(([name, amount]) => bar(name, null, amount, null, Math.max(services[0][1], 1), currency)),
      services.length > MOST ? el('p', { class: 'hint' }, `and ${services.length - MOST} more`) : null) : null,
    answer.roi?.length ? roi(answer.roi, currency) : el('p', { class: 'hint' }, 'The price book has no project, so there is no return on investment.'),
    answer.left?.length ? el('details', {}, el('summary', {}, `Not priced: ${answer.left.length}`), el('ul', { class: 'lines' }, answer.left.slice(0, MOST).map((each) => el('li', {}, el('bdi', {}, short(each, 160)))))) : null);
};
