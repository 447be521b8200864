// The whole fleet at a glance: a map, and beside it the same as a list, worst first.

import { get } from '../lib/api.js';
import { badge, el, empty, failure, fill, resourceHref, short } from '../lib/dom.js';
import { number, word } from '../lib/format.js';
import * as live from '../lib/live.js';
import { virtualList } from '../lib/virtual-list.js';
import { fleetMap } from './fleet/map.js';
import { Fleet, kindWord, MARKS, WORDS } from './fleet/model.js';
import { reasons } from './fleet/reasons.js';
import { choices, fromAddress, GROUPS, LEVELS, toAddress, within } from './fleet/tools.js';
import { after, lately } from './resource/parts.js';

export const title = 'Fleet';

const REARRANGED_AT_MOST_EVERY = 5_000; // ms; a map that moves all the time cannot be learnt
const HELD_FOR = 10_000; // ms after the last move of somebody's hand, the list keeps its order
const NAMED_UP_TO = 200; // resources; of so few there is room for the names

export const show = async (root, params, signal) => {
  const filter = fromAddress();
  let isOver = false;
  const again = () => {
    if (isOver) return;
    isOver = true;
    root.replaceChildren();
    show(root, params, signal);
  };
  const sum = el('p', { class: 'soft', role: 'status' }, 'loading the fleet …');
  const body = el('div', {});
  root.append(el('div', {}, el('h1', {}, 'Fleet'), sum), body);
  try {
    const early = [];
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort());
    live.on('fleet', (said) => early.push(said), stop.signal); // what changes while the answer is on its way
    const fleet = new Fleet(await get('fleet', {}, { signal }));
    stop.abort();
    if (signal.aborted) return;
    if (fleet.size) {
      early.forEach((said) => said.states && fleet.apply(said));
      page(body, sum, fleet, filter, signal);
      return;
    }
    sum.textContent = '';
    fill(body, empty('Nothing is watched yet.', 'Start “tocsin up” or “tocsin collect” on a host, or add checks to the configuration. It shows here by itself.'));
    live.on('fleet', () => again(), signal);
  } catch (failed) {
    if (signal.aborted) return;
    sum.textContent = '';
    fill(body, failure(failed, again));
  }
};

const page = (body, sum, first, filter, signal) => {
  let fleet = first;
  filter.usual = fleet.size <= NAMED_UP_TO ? 'names' : 'cells';
  filter.level ||= filter.usual;
  let chosen = null;
  let arrangedAt = 0;
  let timer = 0;
  const open = (i) => { location.hash = resourceHref(fleet.ids[i]); };
  const why = reasons((ids) => list.refresh(ids), signal);
  const tip = el('div', { class: 'fleet-tip panel', hidden: true });
  const spoken = el('p', { class: 'unseen', role: 'status' });
  let pointed = '';

  const describe = (id, place) => {
    const i = fleet.indexOf.get(id);
    fill(tip, el('div', { class: 'row' }, badge(fleet.stateOf(i)), el('strong', { class: 'id', dir: 'auto' }, short(fleet.names[i], 80))),
      el('p', { class: 'small soft', dir: 'auto' }, short(`${kindWord(fleet.kindOf(i))} ${fleet.placeOf(i)}`, 160)),
      el('p', { class: 'small', dir: 'auto' }, short(why.of(fleet, i), 240)),
      place?.within.length > 1 ? el('p', { class: 'small soft' }, within(fleet, place.within)) : null);
    if (!place) return;
    const width = tip.parentElement.clientWidth;
    tip.style.left = `${Math.max(4, Math.min(place.x, width - 312))}px`;
    const isLow = place.y > tip.parentElement.clientHeight / 2;
    tip.style.top = isLow ? 'auto' : `${place.y + place.h + 8}px`;
    tip.style.bottom = isLow ? `${tip.parentElement.clientHeight - place.y + 8}px` : 'auto';
  };

  const openKind = (kind) => {
    filter.kinds.add(kind);
    filter.level = 'cells';
    refilter();
  };
  const map = fleetMap({ signal, open, openKind, tell: async (i, byKeys, place) => {
    pointed = i < 0 ? '' : fleet.ids[i];
    tip.hidden = !pointed;
    if (!pointed) return;
    const id = pointed;
    describe(id, place);
    if (byKeys) spoken.textContent = [`${short(fleet.names[i], 80)}, ${kindWord(fleet.kindOf(i))}, ${WORDS[fleet.stateOf(i)]}.`,
      fleet.stateOf(i) === 'OK' ? '' : short(why.of(fleet, i), 240),
      place?.within.length > 1 ? within(fleet, place.within) : ''].join(' ');
    if (await why.ask(fleet, i) && pointed === id && !signal.aborted) describe(id, place);
  } });

  const list = virtualList({ label: 'Resources, worst first', height: 54, signal,
    build: (id) => {
      const link = el('a', { href: resourceHref(id), class: 'fleet-row', data: { row: '' } });
      drawRow(link, id);
      return link;
    },
    patch: (link, id) => drawRow(link, id) });

  const drawRow = (link, id) => {
    const i = fleet.indexOf.get(id);
    if (i === undefined) return;
    fill(link, badge(fleet.stateOf(i)),
      el('span', { class: 'fleet-name', dir: 'auto' }, short(fleet.names[i], 80)),
      el('span', { class: 'fleet-kind' }, kindWord(fleet.kindOf(i))),
      el('span', { class: 'fleet-why', dir: 'auto' },
        short(fleet.stateOf(i) === 'OK' ? fleet.placeOf(i) || WORDS.OK : why.of(fleet, i), 120)));
  };

  const press = (set) => (value) => {
    if (!set.delete(value)) set.add(value);
    refilter();
  };
  const states = choices('State', [...fleet.states].reverse().map((each) => [each, each.length > 2 ? word(each) : each, each.length > 2 ? MARKS[each] || '·' : '']),
    press(filter.states));
  const kinds = choices('Kind', fleet.kinds.filter((each) => each !== 'UNSPECIFIED').map((each) => [each, kindWord(each)]), press(filter.kinds));
  const pick = (name) => (value) => {
    filter[name] = value;
    refilter();
  };
  const groups = choices('Group', GROUPS, pick('by'));
  const levels = choices('Detail', LEVELS, pick('level'));
  const search = el('input', { type: 'search', id: 'fleet-text', value: filter.text, placeholder: 'name, id or service', maxlength: 200,
    on: { input: () => {
      filter.text = search.value;
      refilter();
    } } });
  const clear = el('button', { on: { click: () => {
    filter.states.clear();
    filter.kinds.clear();
    filter.text = '';
    search.value = '';
    refilter();
  } } }, 'Clear filter');
  const none = el('div', { hidden: true }, empty('Nothing fits this filter.', 'Take a state, a kind or a word out of it.'));

  const both = el('div', { class: 'fleet' }, el('div', { class: 'fleet-sky' }, map.root, tip, spoken),
    el('section', { class: 'fleet-side', 'aria-label': 'List' }, list.root));

  const counts = (names, numbers) => Object.fromEntries(names.map((each, i) => [each, numbers[i]]));

  const drawCounts = () => {
    states.draw(counts(fleet.states, chosen.byState), (each) => filter.states.has(each));
    kinds.draw(counts(fleet.kinds, chosen.byKind), (each) => filter.kinds.has(each));
    groups.draw(null, (each) => filter.by === each);
    levels.draw(null, (each) => filter.level === each);
    const worrying = fleet.state.reduce((sofar, each) => sofar + (each > 0), 0);
    const shown = chosen.order.length === fleet.size ? '' : `, ${number(chosen.order.length)} shown`;
    const text = `${number(fleet.size)} resources, ${number(worrying)} not as they should be${shown}`;
    if (sum.textContent !== text) sum.textContent = text;
    clear.hidden = !(filter.states.size || filter.kinds.size || filter.text);
    none.hidden = chosen.order.length > 0;
    both.hidden = !none.hidden;
  };

  const arrange = () => {
    arrangedAt = performance.now();
    map.show(fleet, chosen, { level: filter.level, by: filter.by });
  };

  const refilter = () => {
    toAddress(filter);
    chosen = fleet.choose(filter);
    drawCounts();
    list.set(chosen.order.map((i) => fleet.ids[i]));
    arrange();
  };

  const isBusy = lately(list.root, HELD_FOR, signal);

  /** Counts are right at once; what would move under somebody's hand waits until the hand is gone. */
  const settle = () => {
    clearTimeout(timer);
    chosen = fleet.choose(filter);
    drawCounts();
    let isLeft = isBusy();
    if (!isLeft) list.set(chosen.order.map((i) => fleet.ids[i]));
    const wait = REARRANGED_AT_MOST_EVERY - (performance.now() - arrangedAt);
    if (!map.isHeld() && wait <= 0) arrange();
    else isLeft = true;
    if (isLeft) timer = setTimeout(settle, Math.max(1_000, wait));
  };

  const reload = async () => {
    try {
      fleet = new Fleet(await get('fleet', {}, { signal }));
      chosen = fleet.choose(filter);
      drawCounts();
      list.set(chosen.order.map((i) => fleet.ids[i]));
      list.refresh(fleet.ids);
      arrange();
    } catch (failed) {
      if (!signal.aborted) sum.textContent = `what you see may be old: ${short(failed.message, 200)}`;
    }
  };

  const askAgain = after(300, reload, signal);
  live.on('hello', askAgain, signal);
  live.on('fleet', (said) => {
    if (said.changed) askAgain();
    if (!said.states) return;
    const changed = fleet.apply(said);
    if (!changed.length) return;
    map.changed(changed);
    list.refresh(changed.map((i) => fleet.ids[i]));
    settle();
  }, signal);
  signal.addEventListener('abort', () => clearTimeout(timer));

  fill(body, el('div', { class: 'fleet-tools' }, el('div', { class: 'row' }, states.root, kinds.root),
    el('div', { class: 'row' }, el('label', { for: 'fleet-text', class: 'unseen' }, 'Search the fleet'), search, clear, groups.root, levels.root)),
    none,
    both);
  refilter();
};
