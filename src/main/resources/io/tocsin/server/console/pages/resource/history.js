// A resource over time: what history keeps, with the windows that come in meanwhile at its end.

import { lines } from '../../lib/chart.js';
import { el, empty, fill, short } from '../../lib/dom.js';
import { ms, number, percent, perSecond } from '../../lib/format.js';
import { framed } from '../../lib/patch.js';
import { patiently } from '../../lib/patiently.js';

const RANGES = [['1h', '1 h'], ['6h', '6 h'], ['24h', '24 h'], ['7d', '7 d']];
const LENGTH = { '1h': 3_600, '6h': 21_600, '24h': 86_400, '7d': 604_800 };
const LIVE = new Set(['1h', '6h']); // longer ones have steps of minutes, which a window of 10 s would misrepresent
const RELOADED_EVERY = 300_000; // ms, the longer ones

const rate = (value) => `${number(value)} /s`;
const whole = (value) => percent(value, 0);
const mean = (name) => (window) => window[name]?.mean;
const plain = (name) => (window) => window[name];

/** By table of history, as one question asks one table: charts of [figure, label, what of a live window]. */
const TABLES = [
  { what: 'efficiency', charts: [
    { title: 'Load, of its own', unit: whole, lines: [['cpu_percent', 'CPU', mean('cpuPercent')], ['memory_percent', 'memory', mean('memoryPercent')],
      ['io_percent', 'IO', mean('ioPercent')], ['network_percent', 'network', mean('networkPercent')]] },
    { title: 'Efficiency and overhead', unit: whole, lines: [['efficiency', 'efficiency', plain('efficiency'), 100], ['overhead_percent', 'overhead', plain('overheadPercent')]] },
  ] },
  { what: 'latency', charts: [
    { title: 'Latency', unit: ms, lines: [['latency_p50_ms', 'p50', plain('p50Ms')], ['latency_p99_ms', 'p99', plain('p99Ms')], ['jitter_ms', 'jitter', plain('jitterMs')]] },
    { title: 'Loss and errors', unit: percent, lines: [['loss_percent', 'loss', plain('lossPercent')], ['error_percent', 'errors', plain('errorPercent')]] },
  ] },
  { what: 'throughput', charts: [
    { title: 'Network', unit: perSecond, lines: [['rx_bytes_per_second', 'in', mean('rxBytesPerSecond')], ['tx_bytes_per_second', 'out', mean('txBytesPerSecond')]] },
    { title: 'Disks', unit: perSecond, lines: [['disk_bytes_per_second', 'read and written', mean('diskBytesPerSecond')]] },
    { title: 'Requests', unit: rate, lines: [['requests_per_second', 'requests', mean('requestsPerSecond')]] },
  ] },
];

/** History answers two questions at a time, of all people; a third waits and asks again. */
const ask = (query, signal) => patiently('history', query, signal, { times: 5, every: 700 });

const scaled = (value, by = 1) => (value === null || value === undefined ? null : value * by);

/** One chart and the columns under it. Answers null where history and windows have nothing for it. */
const chartOf = (spec, rows, figures, part, signal) => {
  const columns = spec.lines.map(([figure]) => figures.indexOf(figure));
  const kept = spec.lines.map((line, at) => [line, columns[at]]).filter(([, column]) => rows.some((row) => row.values[column] !== null));
  if (!kept.length) return null;
  const times = rows.map((row) => Date.parse(row.at) / 1000);
  const values = kept.map(([line, column]) => rows.map((row) => scaled(row.values[column], line[3])));
  const title = part ? `${spec.title}, as ${part === 'PROBES' ? 'probes see it' : 'the application says'}` : spec.title;
  const chart = lines(title, times, kept.map(([line], at) => ({ label: line[1], values: values[at], unit: spec.unit })), { signal, height: 170 });
  const draw = framed(() => chart.update(times, values), signal);
  return {
    root: el('section', { class: 'panel' }, chart.root),
    part,
    append: (window, step, length) => {
      const time = Math.floor(Date.parse(window.startsAt) / 1000 / step) * step;
      const isNew = !times.length || time > times.at(-1);
      if (!isNew && time < times.at(-1)) return;
      if (isNew) times.push(time);
      kept.forEach(([line], at) => { values[at][times.length - 1] = scaled(line[2](window), line[3]); });
      while (times.length && times[0] < time - length) {
        times.shift();
        values.forEach((column) => column.shift());
      }
      draw();
    },
  };
};

/** {root, append(what, window)} */
export const history = (resource, signal) => {
  let range = '1h';
  let step = 10;
  let asked = 0;
  let loadedAt = 0;
  const charts = { efficiency: [], latency: [], throughput: [] };
  const place = el('div', { class: 'charts' });
  const word = el('p', { class: 'soft', role: 'status' });
  const buttons = RANGES.map(([value, text]) => el('button', { class: 'choice', 'aria-pressed': String(value === range), on: { click: () => {
    range = value;
    buttons.forEach((each, at) => each.setAttribute('aria-pressed', String(RANGES[at][0] === range)));
    load();
  } } }, text));
  const root = el('section', {}, el('div', { class: 'row spread' }, el('h2', {}, 'Over time'),
    el('div', { class: 'choices', role: 'group', 'aria-label': 'How long back' }, buttons)), word, place);

  const load = async () => {
    asked += 1;
    const mine = asked;
    word.textContent = 'loading history …';
    const made = { efficiency: [], latency: [], throughput: [] };
    try {
      for (const { what, charts: specs } of TABLES) {
        const figures = specs.flatMap((spec) => spec.lines.map(([figure]) => figure));
        const answer = await ask({ resource, figure: figures.join(), last: range }, signal);
        if (mine !== asked || signal.aborted) return;
        step = answer.stepSeconds;
        // An asterisk in an id stands for any text there.
        const own = resource.includes('*') ? answer.rows.filter((row) => row.resource === resource) : answer.rows;
        for (const part of new Set(own.map((row) => row.part ?? ''))) {
          const rows = own.filter((row) => (row.part ?? '') === part);
          made[what].push(...specs.map((spec) => chartOf(spec, rows, figures, part, signal)).filter(Boolean));
        }
      }
      loadedAt = Date.now();
      Object.assign(charts, made);
      const all = Object.values(made).flat();
      word.textContent = '';
      fill(place, all.length ? all.map((each) => each.root)
        : empty('There is no history of it yet.', 'History begins with the first window, about 20 s after an agent begins to report. Ask for a shorter time, or come back.'));
    } catch (failed) {
      if (signal.aborted || mine !== asked) return;
      word.textContent = '';
      fill(place, empty(failed.status === 404 ? 'No history is kept here.' : 'History does not answer.',
        failed.status === 404 ? '“tocsin up” keeps it; elsewhere “tocsin record” does.' : short(failed.message, 300)));
    }
  };
  const timer = setInterval(() => {
    if (!LIVE.has(range) && Date.now() - loadedAt >= RELOADED_EVERY && !document.hidden) load();
  }, 30_000);
  signal.addEventListener('abort', () => clearInterval(timer));
  load();
  return {
    root,
    append: (what, window) => {
      if (!LIVE.has(range)) return;
      for (const chart of charts[what] ?? []) {
        if (!chart.part || chart.part === window.source) chart.append(window, step, LENGTH[range]);
      }
    },
  };
};
