// All rules: which are in force, which fire, which are only compared, and which were refused.

import { get } from '../lib/api.js';
import { badge, el, empty, failure, fill, short } from '../lib/dom.js';
import * as live from '../lib/live.js';
import { framed } from '../lib/patch.js';
import { asked, filter, head, loading, remember, table } from '../lib/work.js';
import { ago } from '../lib/time.js';
import { layerOf, ruleHref, says, signalOf, stateOf } from '../parts/ruletext.js';

export const title = 'Rules';

const STATES = [['', 'all states'], ['refused', 'refused'], ['firing', 'firing now'], ['live', 'in force'], ['shadow', 'shadow'], ['waiting', 'not heard of yet']];
const ROUND = 30_000;
const RANK = { refused: 0, live: 1, shadow: 1, waiting: 1 };

const state = (rule) => {
  const name = stateOf(rule);
  if (name === 'refused') return badge('refused', 'DOWN');
  if (name === 'shadow') return badge('shadow', 'P3');
  return name === 'live' ? badge('in force', 'OK') : badge('not heard of yet');
};

const compared = (rule) => {
  const found = rule.comparison ?? rule.shadowReport;
  return found ? el('span', { class: 'small' }, `both ${found.both}, only live ${found.onlyLive}, only this ${found.onlyShadow}`) : '';
};

const COLUMNS = [
  { name: 'Rule', cls: 'min', sig: (each) => each.name, cell: (each) => el('a', { href: ruleHref(each.name), class: 'strong' }, short(each.name, 70)) },
  { name: 'State', cell: state },
  { name: 'Firing', number: true, sig: (each) => String(each.firing),
    cell: (each) => (each.firing ? el('strong', { class: 'is-P1' }, String(each.firing)) : el('span', { class: 'soft' }, '0')) },
  { name: 'Signal', cell: (each) => signalOf(each) || '–' },
  { name: 'Layer', cls: 'wide-only', cell: (each) => layerOf(each) || '–' },
  { name: 'What it says', cls: 'min', cell: (each) => (each.problems?.length
    ? el('span', {}, el('bdi', { class: 'is-DOWN' }, short(each.problems[0], 160)), each.problems.length > 1 ? ` and ${each.problems.length - 1} more` : '')
    : compared(each) || el('bdi', { class: 'small soft' }, short(says(each), 120))) },
  { name: 'Changed', sig: (each) => each.at ?? '', cls: 'line wide-only', cell: (each) => ago(each.at) },
  { name: 'By', cls: 'wide-only', cell: (each) => el('bdi', {}, short(each.by, 30)) },
];

const summary = (rules) => {
  const count = (name) => rules.filter((each) => stateOf(each) === name).length;
  const firing = rules.filter((each) => each.firing > 0);
  const refused = count('refused');
  return el('p', { class: 'row' },
    el('span', {}, el('strong', {}, String(count('live'))), ' in force'),
    el('span', {}, el('strong', { class: firing.length ? 'is-P1' : '' }, String(firing.length)), ' firing, with ',
      String(firing.reduce((sum, each) => sum + each.firing, 0)), ' alerts'),
    el('span', {}, el('strong', {}, String(count('shadow'))), ' only compared'),
    el('span', {}, el('strong', { class: refused ? 'is-DOWN' : '' }, String(refused)), ' refused'));
};

export const show = async (root, params, signal) => {
  const wanted = Object.fromEntries(['text', 'signal', 'layer', 'state'].map((key) => [key, asked().get(key) ?? '']));
  const rules = new Map();
  const top = el('div', {}, loading('Asking for the rules'));
  const controls = el('div', { class: 'filters' });
  const shown = table('Rules', COLUMNS, (each) => each.name);
  const place = el('div', { class: 'panel' });
  fill(root, head('Rules', 'What is judged, and what it says now. Refused ones need somebody: the version before stays in force.'), top, controls, place);

  const fits = (rule) =>
    (!wanted.text || `${rule.name}\n${rule.text}`.toLowerCase().includes(wanted.text.toLowerCase()))
    && (!wanted.signal || signalOf(rule) === wanted.signal) && (!wanted.layer || layerOf(rule) === wanted.layer)
    && (!wanted.state || (wanted.state === 'firing' ? rule.firing > 0 : stateOf(rule) === wanted.state));
  const draw = framed(() => {
    const all = [...rules.values()];
    fill(top, summary(all));
    if (!all.length) {
      fill(place, empty('No rule is known.', 'The rules that come with Tocsin are applied when it starts; your own with: tocsin rules apply FILE'));
      return;
    }
    const some = all.filter(fits).sort((a, b) => RANK[stateOf(a)] - RANK[stateOf(b)] || b.firing - a.firing || (a.name < b.name ? -1 : 1));
    if (!some.length) {
      fill(place, empty('No rule is like that.', 'Search looks at names and texts; take a filter away.'));
      return;
    }
    if (!place.contains(shown.root)) fill(place, shown.root);
    shown.show(some);
  }, signal);
  const drawControls = () => {
    const one = (of, label) => [['', `all ${label}`], ...[...new Set([...rules.values()].map(of).filter(Boolean))].sort().map((each) => [each, each])];
    const set = (key) => (value) => {
      wanted[key] = value;
      remember(wanted);
      draw();
    };
    const search = filter('Search', set('text'), { value: wanted.text, placeholder: 'name, field, word of the text' });
    search.classList.add('grows');
    fill(controls, search,
      filter('Signal', set('signal'), { options: one(signalOf, 'signals'), value: wanted.signal }),
      filter('Layer', set('layer'), { options: one(layerOf, 'layers'), value: wanted.layer }),
      filter('State', set('state'), { options: STATES, value: wanted.state }));
  };
  const load = async () => {
    try {
      const all = await get('rules', { limit: 1000 }, { signal });
      const first = rules.size === 0;
      rules.clear();
      for (const rule of all) rules.set(rule.name, rule);
      if (first) drawControls();
      draw();
    } catch (failed) {
      if (!signal.aborted && !rules.size) fill(top, failure(failed, load));
    }
  };
  let soon;
  const later = () => { // many rules change at once when a file is applied, and each alert changes who fires
    soon ??= setTimeout(() => {
      soon = undefined;
      load();
    }, 2000);
  };
  live.on('rule', later, signal);
  live.on('incident', later, signal);
  live.on('hello', load, signal);
  const round = setInterval(load, ROUND); // alerts that open no incident
  signal.addEventListener('abort', () => {
    clearTimeout(soon);
    clearInterval(round);
  });
  await load();
};
