// Network paths, worst first: how long, how steady, what is lost. A path is an endpoint that probes measure; where its labels
// say both ends, it is also a cell of the matrix.

import { badge, el, empty, failure, fill, resourceHref, short } from '../lib/dom.js';
import { ms, number, percent, perSecond } from '../lib/format.js';
import * as live from '../lib/live.js';
import { WORDS } from './fleet/model.js';
import { matrix } from './network/matrix.js';
import { sparks } from './network/sparks.js';
import { after, everything, table } from './resource/parts.js';

export const title = 'Network';

const ASKED_EVERY = 10_000; // ms: a window's length
const SHOWN = 60;
const LONGEST_END = 200; // characters of a label
const STATES = Object.keys(WORDS).reverse(); // in the order in which events number them

/** Worse first: by state, then what loses most, then what is slowest. */
const badness = (path) => [-Object.keys(WORDS).indexOf(path.state ?? 'OK'), (path.window.lossPercent ?? 0) + (path.window.errorPercent ?? 0), path.window.p99Ms ?? -1];
const worseFirst = (a, b) => {
  const [left, right] = [badness(a), badness(b)];
  const at = left.findIndex((each, i) => each !== right[i]);
  return at < 0 ? a.id.localeCompare(b.id) : right[at] - left[at];
};

const share = (value) => (value > 0 ? el('strong', { class: 'is-P1' }, percent(value, 1)) : percent(value, 1));

/** What a window of throughput says of a path in one figure. */
const through = (window) => {
  if (!window) return '–';
  const sum = (window.rxBytesPerSecond?.mean ?? 0) + (window.txBytesPerSecond?.mean ?? 0);
  if (sum) return perSecond(sum);
  return window.requestsPerSecond ? `${number(window.requestsPerSecond.mean)} /s` : '–';
};

export const show = async (root, params, signal) => {
  let paths = [];
  let most = SHOWN;
  let facts = new Map(); // name, state and ends by id
  let windows = [];
  let throughputs = [];
  const sum = el('p', { class: 'soft', role: 'status' }, 'loading …');
  const place = el('div', { class: 'pile' });
  const text = el('input', { type: 'search', id: 'path-text', placeholder: 'path, end or service', maxlength: 200, on: { input: () => draw() } });
  const rows = table('Network paths, worst first', ['Path', 'State', 'p50', 'p99', 'jitter', 'loss', 'errors', 'throughput', 'p99, last hour'], [2, 3, 4, 5, 6, 7]);
  const ends = matrix();
  const lines = sparks(signal);
  const more = el('button', { hidden: true, on: { click: () => {
    most += SHOWN;
    draw();
  } } }, 'Show more');
  fill(root, el('div', {}, el('h1', {}, 'Network'), sum),
    el('div', { class: 'row' }, el('label', { for: 'path-text', class: 'unseen' }, 'Search paths'), text), place);

  const row = (path) => [
    [el('a', { href: resourceHref(path.id), data: { row: '' }, dir: 'auto', title: short(path.id, 300) }, short(path.name, 60)),
      el('span', { class: 'path-ends soft small', dir: 'auto' }, short([path.from && path.to ? `${path.from} → ${path.to}` : path.to, path.service].filter(Boolean).join(' · '), 120))],
    path.state ? badge(path.state) : '…', ms(path.window.p50Ms), ms(path.window.p99Ms), ms(path.window.jitterMs), share(path.window.lossPercent), share(path.window.errorPercent),
    through(path.through), lines.of(path.id)];

  const draw = () => {
    const wanted = text.value.trim().toLowerCase();
    const shown = paths.filter((path) => path.words.includes(wanted));
    const lossy = paths.filter((path) => path.window.lossPercent > 0).length;
    sum.textContent = `${paths.length} paths${lossy ? `, ${lossy} with loss` : ''}${shown.length === paths.length ? '' : `, ${shown.length} shown`}`;
    const focused = document.activeElement?.closest?.('td, th')?.querySelector('a')?.getAttribute('href');
    const seen = shown.slice(0, most);
    rows.rows(seen.map(row));
    // Rows are few and made anew; who stands on one stays there.
    if (focused) [...rows.root.querySelectorAll('a')].find((each) => each.getAttribute('href') === focused)?.focus({ preventScroll: true });
    more.hidden = shown.length <= most;
    ends.update(shown);
    lines.want(seen.map((path) => path.id));
  };

  const join = () => {
    const flows = new Map(throughputs.map((each) => [each.resourceId, each]));
    paths = windows.filter((each) => !each.members && each.source !== 'APPLICATION').map((window) => {
      const id = window.resourceId;
      const known = facts.get(id);
      const path = { id, name: known?.name ?? id, state: known?.state, service: window.service, from: known?.from, to: known?.to, window,
        through: flows.get(id) };
      return { ...path, words: [id, path.name, path.service, path.from, path.to].join(' ').toLowerCase() };
    }).sort(worseFirst);
    if (!paths.length) {
      sum.textContent = '';
      fill(place, empty('No network path is measured.', 'Add paths under “collectors.network.paths” of an agent’s configuration: TCP, UDP, HTTP, DNS or ICMP. Figures show after about 20 s.'));
      return;
    }
    if (!rows.root.isConnected) fill(place, ends.root, el('section', { class: 'panel' }, rows.root, more));
    draw();
  };

  const failed = (wrong) => {
    if (signal.aborted) return;
    if (paths.length) {
      sum.textContent = `what you see may be old: ${short(wrong.message, 200)}`;
      return;
    }
    sum.textContent = '';
    fill(place, failure(wrong, load));
  };

  /** Figures, each 10 s. */
  const measure = async () => {
    try {
      const size = { size: '10s', kind: 'ENDPOINT' };
      [windows, throughputs] = await Promise.all([everything('latencies', size, signal), everything('throughputs', size, signal)]);
      join();
    } catch (wrong) {
      failed(wrong);
    }
  };

  /** Names, ends and states: once, and when the inventory changed; states are heard of as they change. */
  const load = async () => {
    measure();
    try {
      const resources = await everything('resources', { kind: 'ENDPOINT' }, signal);
      facts = new Map(resources.map(({ id, name, state, labels }) =>
        [id, { name, state, from: labels?.from?.slice(0, LONGEST_END), to: labels?.target?.slice(0, LONGEST_END) }]));
      if (windows.length) join();
    } catch (wrong) {
      failed(wrong);
    }
  };
  lines.onChange(draw);
  const soon = after(1_000, load, signal);
  live.on('hello', soon, signal);
  live.on('fleet', ({ states, changed }) => {
    if (changed) soon();
    const heard = Object.entries(states ?? {}).filter(([id]) => facts.has(id));
    heard.forEach(([id, state]) => { facts.get(id).state = STATES[state]; });
    if (heard.length && windows.length) join();
  }, signal);
  const timer = setInterval(() => { if (!document.hidden) measure(); }, ASKED_EVERY);
  signal.addEventListener('abort', () => clearInterval(timer));
  await load();
};
