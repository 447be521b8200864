// How Tocsin itself does: its stages in the order of the data, what lags, what was refused or could not be read.

import { get } from '../lib/api.js';
import { el, empty, failure, fill, resourceLink, short } from '../lib/dom.js';
import { bytes, number, word } from '../lib/format.js';
import * as live from '../lib/live.js';
import { framed } from '../lib/patch.js';
import { ago } from '../lib/time.js';
import { filter, head, loading, panel, table } from '../lib/work.js';
import { flow } from '../parts/flow.js';
import { mainMeters } from '../parts/meters.js';

export const title = 'Pipeline';

const ROUND = 5_000;
const LAG_IS_MUCH = 10_000;

const summary = (now) => {
  const bad = Object.entries(now.parts).filter(([, state]) => state !== 'UP');
  return el('div', { class: `banner ${bad.length ? 'is-bad' : 'is-good'}` },
    el('p', { class: 'banner-title' }, bad.length
      ? `${bad.length} of ${Object.keys(now.parts).length} parts do not work: ${bad.map(([name]) => name).join(', ')}`
      : `All ${Object.keys(now.parts).length} parts work.`),
    el('p', {}, now.residentBytes > 0 ? `Memory of this process and its children: ${bytes(now.residentBytes)}` : ''));
};

/** Groups with the topics they read; how far behind they are, longest first. */
const lagRows = (lag) => [...lag].sort((a, b) => b.lag - a.lag || (a.group + a.topic < b.group + b.topic ? -1 : 1));

const lagBar = (each, most) =>
  el('progress', { max: Math.max(most, 1), value: each.lag, 'aria-label': `lag of ${each.group} on ${each.topic}` });

const parts = (signal) => {
  let most = 1;
  const lag = table('Lag', [
    { name: 'Consumer group', cell: (each) => el('bdi', {}, each.group) },
    { name: 'Topic', cell: (each) => el('bdi', { class: 'mono' }, each.topic) },
    { name: 'Records behind', number: true, cell: (each) => el('span', { class: each.lag > LAG_IS_MUCH ? 'is-late' : '' }, number(each.lag, 0)) },
    { name: 'Share of the worst', sig: (each) => `${each.lag}/${most}`, cell: (each) => lagBar(each, most) },
  ], (each) => `${each.group} ${each.topic}`, { most: 60 });
  const refusals = table('Refusals', [
    { name: 'Where', cell: (each) => each.topology },
    { name: 'Reason', cls: 'strong', cell: (each) => word(each.reason) },
    { name: 'Agent', cell: (each) => el('bdi', {}, short(each.agent, 60)) },
    { name: 'Times', number: true, cell: (each) => number(each.count, 0) },
    { name: 'Last of', cls: 'min', cell: (each) => (each.lastResourceId ? resourceLink(each.lastResourceId) : '–') },
    { name: 'Newest', cls: 'line', sig: (each) => each.to ?? '', cell: (each) => ago(each.to) },
    { name: 'Place', cls: 'min', cell: (each) => el('bdi', { class: 'mono' }, short(each.lastAt || '–', 80)) },
  ], (each) => `${each.topology} ${each.reason} ${each.agent}`, { most: 60 });
  const letters = table('Dead letters', [
    { name: 'When', sig: (each) => each.at, cell: (each) => ago(each.at) },
    { name: 'Stage', cell: (each) => each.stage },
    { name: 'Reason', cls: 'min', cell: (each) => el('bdi', {}, short(each.reason, 200)) },
    { name: 'Place', cell: (each) => el('span', { class: 'mono' }, `${each.topic}[${each.partition}] @ ${each.offset}`) },
  ], (each) => `${each.topic} ${each.partition} ${each.offset} ${each.at}`, { most: 10 });
  const meters = table('Meters', [
    { name: 'Meter', cell: (each) => el('span', { class: 'mono' }, each[0]) },
    { name: 'Value', number: true, cell: (each) => (/bytes(\{|$)/.test(each[0]) ? bytes(each[1]) : number(each[1], 3)) },
  ], (each) => each[0], { most: 40 });
  return { lag, refusals, letters, meters, worst: (value) => { most = value; } };
};

export const show = async (root, params, signal) => {
  const top = el('div', {}, loading('Asking each part how it does'));
  const drawing = panel('From host to person', 'Data goes along the arrows, by way of topics. Choose a part to see what it does.');
  const lagPanel = panel('Lag', 'Records that wait to be read. That of alerting goes up and down with its checkpoints; steady growth means a stage is too slow or stands.');
  const refusedPanel = panel('Refused', 'Well-formed records that were left out, and why.');
  const deadPanel = panel('Dead letters', 'Records that a stage could not read, kept whole on tocsin.dead-letters.');
  const metersPanel = panel('Meters', 'All of them, for Prometheus: /metrics.');
  fill(root, head('Pipeline', 'Whether Tocsin itself works: what stands still keeps no watch.'),
    top, drawing.root, lagPanel.root, el('div', { class: 'columns wide' }, refusedPanel.root, deadPanel.root), metersPanel.root);
  const tables = parts(signal);
  const diagram = flow();
  const main = mainMeters();
  fill(drawing.body, diagram.root, main.root);
  const upToDate = el('p', { class: 'hint' });
  lagPanel.root.append(upToDate);
  let now = null;
  let wanted = '';
  const rows = (host, items, shown, words, advice) => {
    host.count(items.length || null);
    if (!items.length) {
      if (host.body.querySelector('.empty-title')?.textContent !== words) fill(host.body, empty(words, advice));
      return;
    }
    if (!host.body.contains(shown.root)) fill(host.body, shown.root);
    shown.show(items);
  };
  const drawMeters = () => tables.meters.show(Object.entries(now?.meters ?? {}).filter(([name]) => name.includes(wanted.toLowerCase()))
    .sort(([a], [b]) => (a < b ? -1 : 1)));
  fill(metersPanel.body, el('div', { class: 'filters' }, filter('Search', (text) => {
    wanted = text;
    if (now) drawMeters();
  }, { placeholder: 'such as lag, late, refused' })), tables.meters.root);
  let topSeen = '';
  const draw = framed(() => {
    const key = JSON.stringify([now.parts, bytes(now.residentBytes)]);
    if (key !== topSeen) fill(top, summary(now));
    topSeen = key;
    diagram.update(now);
    main.update(now.meters ?? {});
    const lag = lagRows(now.lag ?? []);
    tables.worst(lag[0]?.lag ?? 0);
    const behind = lag.filter((each) => each.lag > 0);
    upToDate.textContent = lag.length > behind.length ? `${lag.length - behind.length} more readers of a topic have read all of it.` : '';
    rows(lagPanel, behind, tables.lag, now.lagProblem ? `Lag is not known: ${short(now.lagProblem, 200)}` : lag.length ? 'Nothing waits: all is read.' : 'No lag is known yet.',
      lag.length ? null : 'It is there once the consumer groups have committed for the first time, within a minute of a start.');
    rows(refusedPanel, now.refusals ?? [], tables.refusals, 'Nothing was refused.', 'Late, unknown or impossible samples would be counted here by reason.');
    rows(deadPanel, now.deadLetters ?? [], tables.letters, 'No dead letters.', 'All records could be read.');
    drawMeters();
  }, signal);
  const load = async () => {
    try {
      now = await get('pipeline', {}, { signal });
      draw();
    } catch (failed) {
      if (!signal.aborted) fill(top, failure(failed, load));
      topSeen = '';
    }
  };
  live.on('status', (status) => {
    if (!now || !status?.parts) return;
    now = { ...now, ready: status.ready, parts: status.parts };
    draw();
  }, signal);
  live.on('hello', load, signal);
  const round = setInterval(load, ROUND);
  signal.addEventListener('abort', () => clearInterval(round));
  await load();
};
