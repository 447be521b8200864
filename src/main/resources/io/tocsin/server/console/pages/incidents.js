// The board: what is open, most urgent first.

import { el, fill, empty, failure, short } from '../lib/dom.js';
import { get } from '../lib/api.js';
import { keyed, framed } from '../lib/patch.js';
import * as open from '../lib/open.js';
import { incidentRow } from '../lib/row.js';
import { PRIORITIES, MEANS, STATES, byUrgency, needsSomebody, nextPromise } from '../lib/incident.js';
import { word } from '../lib/format.js';
import { firstSteps, isKnown, welcome } from '../lib/welcome.js';

export const title = 'Incidents';

const STEP = 20; // rows of a group that are drawn at once; more as they come into sight
const PAGE = 50;
const FEW = 3; // so many leave room to tell who is here for the first time what to try

const filterOf = () => {
  const said = new URLSearchParams(location.hash.split('?')[1] ?? '');
  return {
    priority: new Set((said.get('priority') ?? '').split(',').filter((each) => PRIORITIES.includes(each))),
    state: said.get('state') ?? '', service: said.get('service') ?? '', text: said.get('text') ?? '',
    resolved: said.get('resolved') === 'yes',
  };
};

/** Keeps the filter in the address, so that it can be handed to somebody else. */
const remember = (filter) => {
  const words = new URLSearchParams();
  if (filter.priority.size) words.set('priority', [...filter.priority].sort().join(','));
  for (const name of ['state', 'service', 'text']) if (filter[name]) words.set(name, filter[name]);
  if (filter.resolved) words.set('resolved', 'yes');
  history.replaceState(null, '', words.size ? `#/?${words}` : '#/');
};

const matches = (filter) => {
  const text = filter.text.trim().toLowerCase();
  return (each) =>
    (!filter.priority.size || filter.priority.has(each.priority))
    && (!filter.state || (filter.state === 'nobody' ? needsSomebody(each) : each.state === filter.state))
    && (!filter.service || each.service === filter.service)
    && (!text || [each.summary, each.resource, each.service, each.rule, each.id].some((field) => field?.toLowerCase().includes(text)));
};

/** How bad it is, in one sentence. */
const headline = (all) => {
  if (!all.length) return ''; // what stands below says so
  const nobody = all.filter(needsSomebody).length;
  const now = Date.now();
  const late = all.filter((each) => !each.pausedSince && Date.parse(nextPromise(each)?.dueAt) < now).length;
  return [
    `${all.length} open`,
    nobody ? `${nobody} ${nobody === 1 ? 'has' : 'have'} nobody` : 'somebody has each of them',
    late ? `${late} late` : 'none late',
  ].join(' · ');
};

const group = (priority, signal) => {
  const rows = new Map();
  const list = el('ol', { class: 'incident-list' });
  const heading = el('h2', {});
  const more = el('button', { class: 'quiet' });
  const node = el('section', { class: 'incident-group' }, heading, list, more);
  let most = STEP;
  let last = [];
  const patch = (items) => {
    last = items;
    node.hidden = items.length === 0;
    const name = MEANS[priority] ? `${priority} · ${MEANS[priority]} · ${items.length}` : `${priority} · ${items.length}`;
    if (heading.textContent !== name) heading.textContent = name;
    keyed(list, rows, items.slice(0, most), (each) => each.id, incidentRow);
    more.hidden = items.length <= most;
    more.textContent = `Show more of ${items.length}`;
  };
  const extend = () => {
    most += STEP;
    patch(last);
  };
  more.addEventListener('click', extend);
  const sight = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && !more.hidden && extend(), { rootMargin: '400px' });
  sight.observe(more);
  signal.addEventListener('abort', () => sight.disconnect());
  return { node, patch };
};

const toolbar = (filter, changed) => {
  const chips = PRIORITIES.map((priority) => {
    const chip = el('button', { class: `filter-chip is-chip-${priority}`, 'aria-pressed': String(filter.priority.has(priority)), title: MEANS[priority] });
    chip.addEventListener('click', () => {
      if (!filter.priority.delete(priority)) filter.priority.add(priority);
      chip.setAttribute('aria-pressed', String(filter.priority.has(priority)));
      changed();
    });
    return chip;
  });
  const choice = (name, label, options) => {
    const select = el('select', { 'aria-label': label }, options.map(([value, text]) => el('option', { value }, text)));
    select.value = filter[name];
    select.addEventListener('change', () => {
      filter[name] = select.value;
      changed();
    });
    return select;
  };
  const services = choice('service', 'Service', [['', 'every service']]);
  const search = el('input', { type: 'search', id: 'search', placeholder: 'search ( / )', 'aria-label': 'Search incidents', value: filter.text,
    on: { input: () => {
      filter.text = search.value;
      changed();
    } } });
  const clear = el('button', { class: 'quiet', on: { click: () => {
    location.hash = '#/'; // the shell shows the page anew
  } } }, 'Clear');
  const node = el('div', { class: 'toolbar', role: 'search' }, el('div', { class: 'filter-chips', role: 'group', 'aria-label': 'Priorities' }, chips),
    choice('state', 'State', [['', 'any state'], ['nobody', 'nobody has it'], ...STATES.map((each) => [each, word(each)])]), services, search, clear);
  let known = '';
  const patch = (all) => {
    PRIORITIES.forEach((priority, i) => {
      const text = `${priority} ${all.filter((each) => each.priority === priority).length}`;
      if (chips[i].textContent !== text) chips[i].textContent = text;
    });
    clear.hidden = !filter.priority.size && !filter.state && !filter.service && !filter.text;
    const names = [...new Set(all.map((each) => each.service).concat(filter.service).filter(Boolean))].sort();
    if (names.join('\n') === known) return;
    known = names.join('\n');
    fill(services, el('option', { value: '' }, 'every service'), names.map((name) => el('option', { value: name }, short(name, 60))));
    services.value = filter.service;
  };
  return { node, patch };
};

/** Those that are over, newest first, a page at a time. */
const resolvedSection = (filter, signal) => {
  const rows = new Map();
  let all = [];
  const list = el('ol', { class: 'incident-list' });
  const status = el('div', { 'aria-live': 'polite' });
  const more = el('button', {}, 'Show older');
  more.hidden = true;
  const load = async () => {
    fill(status, el('p', { class: 'soft' }, 'loading …'));
    try {
      const { body, headers } = await get('incidents', { state: 'resolved', limit: PAGE, after: all.at(-1)?.id,
        priority: [...filter.priority].join(','), service: filter.service, text: filter.text }, { signal, withHeaders: true });
      all = all.concat(body.filter((each) => !rows.has(each.id)));
      keyed(list, rows, all, (each) => each.id, incidentRow);
      more.hidden = !headers.get('Link');
      fill(status, all.length ? el('p', { class: 'soft small' }, `${all.length} of ${headers.get('X-Total-Count') ?? all.length}`)
        : empty('None that was resolved matches.', 'Resolved incidents are kept for a while only; tocsin history has older ones.'));
    } catch (failed) {
      if (!signal.aborted) fill(status, failure(failed, load));
    }
  };
  more.addEventListener('click', load);
  const again = () => {
    all = [];
    load();
  };
  again();
  return { node: el('section', { class: 'incident-group' }, el('h2', {}, 'Resolved'), list, status, more), again };
};

export const show = async (root, params, signal) => {
  const filter = filterOf();
  const said = el('p', { class: 'soft', role: 'status' });
  const place = el('div', {});
  const groups = [...PRIORITIES, 'Just resolved'].map((name) => group(name, signal));
  const below = el('div', {});
  const toggle = el('button', { class: 'quiet' });
  let over = null;
  const first = welcome(signal);
  const hints = el('section', { class: 'welcome' });

  const draw = framed(() => {
    const all = open.all();
    const shown = all.filter(matches(filter)).sort(byUrgency);
    const line = open.loaded ? headline(all) : 'loading …';
    if (said.textContent !== line) said.textContent = line;
    bar.patch(all);
    PRIORITIES.forEach((priority, i) => groups[i].patch(shown.filter((each) => each.priority === priority)));
    groups.at(-1).patch(open.justResolved().filter(matches({ ...filter, state: '' })));
    if (open.problem && !open.loaded) fill(place, failure(open.problem, open.load));
    else if (open.loaded && !all.length) {
      if (place.firstChild !== first) fill(place, first);
    } else if (open.loaded && !shown.length) fill(place, empty('No open incident matches the filter.', `${all.length} others are open; clear the filter to see them.`));
    else fill(place);
    const wanted = open.loaded && all.length > 0 && all.length <= FEW && !isKnown();
    if (wanted !== Boolean(hints.firstChild)) fill(hints, wanted ? firstSteps() : null);
  }, signal);

  const drawResolved = () => {
    toggle.textContent = filter.resolved ? 'Hide resolved' : 'Show resolved';
    toggle.setAttribute('aria-expanded', String(filter.resolved));
    over = filter.resolved ? resolvedSection(filter, signal) : null;
    fill(below, over?.node);
  };
  let later;
  const bar = toolbar(filter, () => {
    remember(filter);
    draw();
    clearTimeout(later);
    later = setTimeout(() => over && drawResolved(), 250);
  });
  toggle.addEventListener('click', () => {
    filter.resolved = !filter.resolved;
    remember(filter);
    drawResolved();
  });

  root.append(el('div', { class: 'row spread' }, el('div', {}, el('h1', {}, 'Incidents'), said), bar.node), place,
    ...groups.map((each) => each.node), el('div', { class: 'row' }, toggle), below, hints);
  drawResolved();
  draw();
  open.on(draw, signal);
  if (!open.loaded) open.load();
};
