// Forecasts: a ranked list, each with its interval and, unfolded, its chart.

import { lines } from '../lib/chart.js';
import { el, empty, fill, resourceLink, short, svg } from '../lib/dom.js';
import { percent, word } from '../lib/format.js';

const MOST = 25;
const NEAR_DAYS = 7;
const DAY_MS = 86_400_000;

const days = (value) => (value < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value)));

/** `12 d (9 to 20)`, as the command says it. */
const words = (full) => {
  const far = days(full.lookedAhead);
  if (full.earliest === null) return `not in ${far} d`;
  return `${full.likely === null ? `over ${far}` : days(full.likely)} d (${days(full.earliest)} to ${full.latest === null ? `over ${far}` : days(full.latest)})`;
};

/** Near days matter most, so the axis grows with the square root. */
const interval = (full) => {
  const x = (day) => Math.sqrt(Math.min(1, day / full.lookedAhead)) * 200;
  const made = svg('svg', { viewBox: '0 0 200 16', preserveAspectRatio: 'none', class: 'spans', 'aria-hidden': 'true' },
    svg('line', { x1: 0, x2: 200, y1: 8, y2: 8, class: 'axis' }));
  if (full.earliest !== null) {
    const from = x(full.earliest);
    made.append(svg('rect', { x: from, y: 3, width: Math.max(2, x(full.latest ?? full.lookedAhead) - from), height: 10, rx: 2, class: 'range' }));
    if (full.likely !== null) made.append(svg('rect', { x: x(full.likely) - 1.2, y: 0, width: 2.4, height: 16, class: 'likely' }));
  }
  return made;
};

/** PT1H, PT15M, or seconds. */
const seconds = (step) => {
  if (typeof step === 'number') return step;
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(step) ?? [];
  return Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0) || 3600;
};

const chart = (each, signal) => {
  const step = seconds(each.step);
  const from = Date.parse(each.from) / 1000;
  const { past, point, lower, upper } = each;
  const count = past.length + point.length;
  const times = Array.from({ length: count }, (unused, i) => from + (i - past.length) * step);
  const later = (values) => [...past.map(() => null), ...values];
  const unit = (value) => `${Math.round(value)} %`;
  return lines(`${short(each.id, 80)}, ${word(each.figure)}`, times, [
    { label: 'measured', values: [...past, ...point.map(() => null)], unit, colour: '--soft' },
    { label: 'expected', values: later(point), unit, colour: '--line-1' },
    { label: 'at least', values: later(lower), unit, colour: '--line-6' },
    { label: 'at most', values: later(upper), unit, colour: '--line-2' },
    { label: 'full', values: times.map(() => each.full.ceiling), unit, colour: '--mark' },
  ], { height: 200, marks: [{ at: from, label: 'now' }], signal }).root;
};

const row = (signal) => (each) => {
  const { full, accuracy } = each;
  const near = full.earliest !== null && full.earliest <= NEAR_DAYS;
  const inside = el('div', { class: 'fold-body' });
  const root = el('details', { class: near ? 'is-near' : null }, el('summary', { class: 'capacity-row' },
    el('span', {}, el('bdi', { class: 'strong' }, short(each.id, 70)), el('span', { class: 'soft' }, ` ${word(each.figure).replace(' percent', '')}`)),
    el('span', { class: near ? 'strong is-P0' : 'strong' }, words(full), full.extrapolated ? el('span', { title: 'beyond what could be tested on its own past' }, ' *') : null),
    interval(full)), inside);
  root.addEventListener('toggle', () => {
    if (!root.open || inside.firstChild) return;
    fill(inside, each.past.length ? chart(each, signal) : el('p', { class: 'hint' }, 'The most urgent come with their chart; the report has all.'), el('p', { class: 'small' }, resourceLink(each.id), `: ${percent(each.past.at(-1))} now, full at ${percent(full.ceiling, 0)}. Model: ${short(each.model, 60)}. `,
      accuracy?.steps ? `On its past it was off by ${accuracy.meanAbsoluteError?.toFixed(1) ?? '–'} points on average, and ${percent(100 * accuracy.coverage, 0)} were within the band.`
        : 'Not tested: too little history.'));
  });
  return root;
};

/** When the first forecast will be possible, from what the resources with the most history lack. */
const patience = (none) => {
  const found = none.map((each) => /has ([\d.]+) days of history; ([\d.]+) are needed/.exec(each.reason)).filter(Boolean)
    .map((match) => [Number(match[1]), Number(match[2])]).sort((a, b) => (a[1] - a[0]) - (b[1] - b[0]))[0];
  if (!found) return none[0]?.reason ?? 'It is written from the first minute on; a forecast needs seven days.';
  const [has, needs] = found;
  const when = new Date(Date.now() + (needs - has) * DAY_MS).toLocaleDateString(undefined, { weekday: 'short', month: 'short', day: 'numeric' });
  return `The longest history has ${has.toFixed(1)} of ${needs.toFixed(1)} days that are needed. The first forecast is possible on ${when}, as long as the recorder runs.`;
};

/** Draws forecasts and, below, those there could be none of. */
export const forecasts = (host, answer, signal) => {
  const all = Array.isArray(answer) ? answer : answer.forecasts ?? answer.outcomes ?? [];
  const some = all.filter((each) => each.full);
  const none = all.filter((each) => !each.full);
  const rank = (each) => each.full.likely ?? (each.full.earliest === null ? Infinity : each.full.lookedAhead + each.full.earliest);
  some.sort((a, b) => rank(a) - rank(b));
  const reasons = none.length ? el('details', { class: 'spaced' }, el('summary', {}, `Without a forecast: ${none.length}`),
    el('ul', { class: 'lines' }, none.slice(0, MOST).map((each) => el('li', {}, el('bdi', {}, short(each.id, 80)), ` ${word(each.figure)}: `, el('bdi', {}, short(each.reason, 200))))),
    none.length > MOST ? el('p', { class: 'hint' }, `and ${none.length - MOST} more`) : null) : null;
  if (!some.length) {
    fill(host, empty('Nothing has enough history for a forecast.', patience(none)), reasons);
    return;
  }
  fill(host, el('div', { class: 'folds is-free' }, some.slice(0, MOST).map(row(signal))),
    some.length > MOST ? el('p', { class: 'hint' }, `and ${some.length - MOST} that are less urgent; the whole report has them`) : null,
    some.some((each) => each.full.extrapolated) ? el('p', { class: 'hint' }, '* beyond what could be tested on its own past; the interval is widened in proportion.') : null, reasons);
};
