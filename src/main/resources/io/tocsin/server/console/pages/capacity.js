// When things are full, how large they should be, what they cost, and where they belong.

import { el, empty, fill, short } from '../lib/dom.js';
import { ago } from '../lib/time.js';
import { asked, filter, head, panel, remember } from '../lib/work.js';
import { forecasts } from '../parts/forecasts.js';
import { sizes } from '../parts/sizes.js';
import { costs } from '../parts/costs.js';
import { patiently } from '../lib/patiently.js';
import { choices } from '../parts/choices.js';
import { whatIf } from '../parts/whatif.js';

export const title = 'Capacity';

/** Answers of this visit; the server keeps each for ten minutes, too. */
const known = new Map();
const KEPT = 600_000;

const SPANS = [['7d', 'last 7 days'], ['30d', 'last 30 days'], ['90d', 'last 90 days']];

const LACKS = {
  forecast: ['There is no forecast yet.', 'A forecast needs seven days of history, which the recorder writes from its first minute on. If that runs (see Pipeline), come back then; after four weeks the rhythm of the week is known, too.'],
  rightsize: ['There is no advice on sizes yet.', 'Sizes are refused below 7 days of measurements, so that a quiet weekend shrinks nothing.'],
  cost: ['Nothing can be priced.', 'deploy/prices.yaml shows every key of a price book.'],
  choose: ['No workload can be judged yet.', 'VMs and containers with a week of history are compared here.'],
};

const lack = (what, words) => {
  const [name, advice] = LACKS[what];
  return empty(name, [words ? el('bdi', {}, `${short(words, 400)} — `) : null, advice]);
};

/** Asks for one part, with a clock while it takes long; what is known already stands there meanwhile. */
const ask = async (what, last, place, draw, signal) => {
  const key = `${what} ${last}`;
  const old = known.get(key);
  const note = el('p', { class: 'hint', role: 'status' });
  const out = el('div');
  fill(place.body, note, out);
  if (old) {
    draw(out, old.answer, signal);
    fill(note, 'Worked out ', ago(old.at));
    if (Date.now() - Date.parse(old.at) < KEPT) return;
  }
  const began = Date.now();
  const busy = el('div', { class: 'lines-apart' }, el('p', { class: 'loading' }, 'Reading the history and working it out …'), el('progress', { 'aria-label': `working out ${what}` }));
  if (!old) fill(out, busy);
  const tick = setInterval(() => fill(note, `Working it out: ${Math.round((Date.now() - began) / 1000)} s so far. One question is answered at a time; a large fleet takes a minute.`), 1000);
  try {
    const answer = await patiently(`capacity/${what}`, { last }, signal);
    if (signal.aborted) return;
    known.set(key, { answer, at: new Date().toISOString() });
    const size = Array.isArray(answer) ? answer.length : Object.keys(answer ?? {}).length;
    if (size) draw(out, answer, signal);
    else fill(out, lack(what));
    fill(note, size ? ['Worked out ', ago(new Date().toISOString())] : '');
    place.count(Array.isArray(answer) && size ? size : null);
  } catch (failed) {
    if (signal.aborted) return;
    fill(note);
    fill(out, lack(what, [failed.message, ...failed.problems].join(': ')), el('p', { class: 'buttons spaced' },
      el('button', { on: { click: () => ask(what, last, place, draw, signal) } }, 'Try again')));
  } finally {
    clearInterval(tick);
  }
};

export const show = async (root, params, signal) => {
  let last = SPANS.some(([key]) => key === asked().get('last')) ? asked().get('last') : '30d';
  const full = panel('Time to full', 'Most urgent first; the bar is the interval, its mark the likely day. Unfold one for its chart.');
  const size = panel('Right size', 'CPU: its 99th percentile at 70 %. Memory: its peak and 15 %.');
  const what = panel('What if', 'Whether everything still fits after something happens.');
  const cost = panel('Cost', 'A month, by the price book; low, base and high guess.');
  const choice = panel('VM, container or both', 'Ten criteria, weighed; closer than 0.05 is hybrid.');
  let round = new AbortController();
  const all = async () => {
    round.abort();
    round = new AbortController();
    const mine = round.signal;
    // One after the other: each reads the same history, and the most urgent should be there first.
    await ask('forecast', last, full, forecasts, mine);
    await ask('rightsize', last, size, sizes, mine);
    await ask('cost', last, cost, costs, mine);
    await ask('choose', last, choice, choices, mine);
  };
  signal.addEventListener('abort', () => round.abort());
  const reportHref = () => `api/v1/capacity/report?last=${last}`;
  const report = el('a', { class: 'button link-button', href: reportHref(), target: '_blank', rel: 'noopener' }, 'Whole report (HTML)');
  const span = filter('History', (value) => {
    last = value;
    remember({ last });
    report.setAttribute('href', reportHref());
    all();
  }, { options: SPANS, value: last });
  fill(root, head('Capacity', 'When things are full, how large they should be, what they cost, where they belong.', span,
    report),
  full.root, el('div', { class: 'columns wide' }, what.root, cost.root), size.root, choice.root);
  whatIf(what.body, () => last, signal);
  await all();
};
