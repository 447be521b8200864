// Silences: what is kept quiet, until when and why.

import { el, fill, empty, failure, short } from '../lib/dom.js';
import { get, remove, id } from '../lib/api.js';
import { ask } from '../lib/dialog.js';
import * as live from '../lib/live.js';
import * as open from '../lib/open.js';
import { silence } from '../lib/acts.js';
import { keyed, slot } from '../lib/patch.js';
import { at, left, until } from '../lib/time.js';
import * as session from '../lib/session.js';

export const title = 'Silences';

const GROUPS = [['active', 'Active'], ['pending', 'Pending'], ['over', 'Expired']];

const again = (silenceNow) => [...silenceNow.matchers.matchAll(/\S+/g)].map(([each]) => each);

const buttons = (each, load) => {
  if (!session.may('RESPONDER')) return [];
  const name = short(each.matchers, 60);
  if (each.state === 'over') {
    return el('button', { class: 'small', 'aria-label': `Silence again: ${name}`, on: { click: async () => (await silence(again(each), true)) && load() } }, 'Again …');
  }
  return el('button', { class: 'small', 'aria-label': `End: ${name}`, on: { click: async () => {
    const done = await ask('End this silence?', [], 'End it', () => remove(`silences/${id(each.id)}`),
      { danger: true, text: `People are told again of what ${short(each.matchers, 200)} matches.` });
    if (done) load();
  } } }, 'End …');
};

const when = (each) => {
  if (each.state === 'over') return Date.parse(each.endsAt) > Date.now() ? ['taken back; it would have ended ', at(each.endsAt)] : ['ended ', at(each.endsAt)];
  if (each.state === 'pending') return ['begins ', at(each.nextChange ?? each.startsAt), each.nextChange ? [' (', until(each.nextChange), ')'] : '', ', until ', at(each.endsAt)];
  return ['until ', at(each.nextChange ?? each.endsAt), ' (', left(each.nextChange ?? each.endsAt), ')', each.recurrence ? [', for good ', at(each.endsAt)] : ''];
};

const row = (load) => () => {
  const cells = ['what', 'when', 'who', 'holds', 'buttons'].map(() => slot(el('td', {})));
  const node = el('tr', {}, cells.map((cell) => cell.node));
  return {
    node,
    patch: (each) => {
      const held = open.all().filter((incident) => incident.silencedBy === each.id).length;
      const key = JSON.stringify(each);
      cells[0].set(key, () => [el('code', { dir: 'auto', title: short(each.matchers, 1000) }, short(each.matchers, 160)), el('p', { class: 'small soft', dir: 'auto' }, short(each.reason, 300))]);
      cells[1].set(key, () => [when(each), each.recurrence ? el('p', { class: 'small soft', dir: 'auto' }, `again: ${short(each.recurrence, 120)}`) : null,
        each.maintenance ? el('p', { class: 'small' }, el('span', { class: 'flag', title: 'the clocks of promises stand still' }, 'planned work')) : null]);
      cells[2].set(key, () => el('bdi', {}, short(each.by, 60)));
      cells[3].set(`${held}`, () => (held ? `${held} open` : el('span', { class: 'soft' }, 'none')));
      cells[4].set(`${each.state} ${each.matchers}`, () => buttons(each, load));
    },
  };
};

const group = ([state, name], load) => {
  const rows = new Map();
  const body = el('tbody', {});
  const heading = el('h2', {});
  const node = el('section', { class: 'panel' }, heading,
    el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `${name} silences` }, el('table', { class: 'silences' },
      el('thead', {}, el('tr', {}, ['what and why', 'when', 'by', 'holds', 'change'].map((each) => el('th', { scope: 'col' }, each)))), body)));
  const make = row(load);
  return {
    node,
    patch: (all) => {
      const own = all.filter((each) => each.state === state);
      node.hidden = own.length === 0;
      fill(heading, `${name} · ${own.length}`);
      keyed(body, rows, own.slice(0, 200), (each) => each.id, make);
    },
  };
};

export const show = async (root, params, signal) => {
  let all = [];
  const status = el('div', { role: 'status' }, el('p', { class: 'soft' }, 'loading …'));
  const load = async () => {
    try {
      all = await get('silences', {}, { signal });
      draw();
    } catch (failed) {
      if (!signal.aborted) fill(status, failure(failed, load));
    }
  };
  const groups = GROUPS.map((each) => group(each, load));
  const draw = () => {
    groups.forEach((each) => each.patch(all));
    fill(status, all.length ? null : empty('Nothing is silenced.', 'A silence keeps people from being told of what it matches; incidents are opened and healed all the same.'));
  };
  const add = el('button', { class: 'primary', on: { click: async () => (await silence([], true)) && load() } }, 'Silence …');
  root.append(el('div', { class: 'row spread' }, el('h1', {}, 'Silences'), session.may('RESPONDER') ? add : el('p', { class: 'hint' }, 'A responder can add one.')),
    status, ...groups.map((each) => each.node));
  live.on('silence', load, signal);
  live.on('hello', load, signal);
  open.on(() => all.length && draw(), signal);
  const ticking = setInterval(load, 60_000); // silences begin and end by the clock
  signal.addEventListener('abort', () => clearInterval(ticking));
  await load();
};
