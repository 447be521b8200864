// The figures an incident rests on, over time, with what happened drawn in; new windows are appended as they come.

import { el, fill, empty, short } from './dom.js';
import { get } from './api.js';
import * as live from './live.js';
import { lines } from './chart.js';
import { patiently } from './patiently.js';
import { bytes, ms, number, percent, perSecond } from './format.js';

const MOST = 6;
const PARTS = 6; // lines of one chart
const BEFORE = 15 * 60_000;
const AFTER = 10 * 60_000;
const TEN_SECONDS = 10_000;
const BUSY = 1500; // history answers a few questions at a time
const UNITS = { '%': percent, ms, 'By/s': perSecond, By: bytes };
const PLACE = { windows: 'efficiency', latencies: 'latency', throughputs: 'throughput' };
const NAMES = { latency_ms: 'meanMs', jitter_ms: 'jitterMs' };

/** cpu_percent → cpuPercent; latency_p99_ms → p99Ms: how a window's record names the figure. */
const fieldOf = (figure) => NAMES[figure] ?? figure.replace(/^latency_/, '').replace(/_([a-z0-9])/g, (all, letter) => letter.toUpperCase());

/** Rows → one line for each part, over common times. */
const columns = (rows) => {
  const times = [...new Set(rows.map((row) => Date.parse(row.at) / 1000))].sort((a, b) => a - b);
  const place = new Map(times.map((time, i) => [time, i]));
  const parts = new Map();
  for (const row of rows) {
    const part = row.part ?? '';
    if (!parts.has(part)) {
      if (parts.size === PARTS) continue;
      parts.set(part, new Array(times.length).fill(null));
    }
    parts.get(part)[place.get(Date.parse(row.at) / 1000)] = row.values[0];
  }
  return { times, parts };
};

const newest = (window, figure) => {
  const value = window[fieldOf(figure)];
  return typeof value === 'number' ? value : value?.mean;
};

const chartOf = async ({ resource, figure }, catalogue, range, marks, isOver, signal) => {
  const answer = await patiently('history', { resource, figure, ...range }, signal, { times: 4, every: BUSY });
  const known = catalogue.get(figure);
  const unit = answer.figures[0]?.unit ?? known?.unit;
  const { times, parts } = columns(answer.rows);
  const name = `${known?.meaning ?? figure} · ${short(resource, 60)}`;
  if (!times.length && isOver) return { root: el('figure', { class: 'chart' }, el('figcaption', {}, name), el('p', { class: 'soft' }, 'No figures of this time are kept.')) };
  if (!times.length) parts.set('', []); // history comes a little later than an incident; windows fill the chart until then
  const values = [...parts.values()];
  const chart = lines(name, times, [...parts.keys()].map((part, i) => ({ label: part || figure, values: values[i], unit: UNITS[unit] ?? ((v) => number(v)) })),
    { height: 160, marks, signal });
  const append = ({ what, window }) => {
    if (known && PLACE[known.table] !== what) return;
    if (Number(window.sizeMs) !== TEN_SECONDS) return;
    const value = newest(window, figure);
    const names = [...parts.keys()];
    const line = names.length === 1 ? 0 : names.findIndex((part) => part && part.toLowerCase() === String(window.source ?? '').toLowerCase());
    if (value === undefined || value === null || line < 0) return;
    const time = new Date(window.startsAt).getTime() / 1000;
    const last = times.at(-1) ?? -Infinity;
    if (time < last) return;
    if (time > last) {
      times.push(time);
      values.forEach((each) => each.push(null));
    }
    values[line][times.length - 1] = value;
    chart.update(times, values);
  };
  return { root: chart.root, resource, append, mark: (now) => chart.update(times, values, now) };
};

/** {root, load(incident, figures, marks), mark(marks)}. */
export const evidence = (signal) => {
  const place = el('div', { class: 'incident-charts' });
  const root = el('section', { class: 'panel' }, el('h2', {}, 'Figures'), place);
  let charts = [];
  let begun = '';
  let shown = new AbortController();
  signal.addEventListener('abort', () => shown.abort());
  const load = async (incident, figures, marks) => {
    const key = JSON.stringify(figures);
    if (key === begun) return;
    begun = key;
    shown.abort(); // charts of figures that no longer count, and their connection
    shown = new AbortController();
    const own = shown.signal;
    if (!figures.length) {
      fill(place, empty('No figures belong to this incident.', 'Its rule judges states, not figures; the list above has what it saw.'));
      return;
    }
    fill(place, el('p', { class: 'soft' }, 'loading …'));
    const began = Date.parse(incident.startedAt);
    const over = incident.resolvedAt ? Math.min(Date.now(), Date.parse(incident.resolvedAt) + AFTER) : Date.now();
    const range = { from: new Date(began - BEFORE).toISOString(), to: new Date(over).toISOString() };
    const catalogue = new Map((await get('history/figures', {}, { signal }).catch(() => [])).map((each) => [each.name, each]));
    charts = [];
    place.replaceChildren();
    for (const figure of figures.slice(0, MOST)) { // one after the other: history has little room
      try {
        const chart = await chartOf(figure, catalogue, range, marks, Boolean(incident.resolvedAt), own);
        if (own.aborted) return;
        charts.push(chart);
        place.append(chart.root);
      } catch (failed) {
        if (own.aborted) return;
        place.append(el('p', { class: 'soft' }, `${figure.figure} of ${short(figure.resource, 60)}: ${short(failed.message, 200)}`));
      }
    }
    if (incident.resolvedAt || own.aborted) return;
    // one more connection is what a browser has to spare, so the first resource only
    const first = figures[0].resource;
    live.windowsOf(first, (event) => charts.filter((each) => each.resource === first).forEach((each) => each.append?.(event)), own);
  };
  return { root, load, mark: (marks) => charts.forEach((each) => each.mark?.(marks)) };
};
