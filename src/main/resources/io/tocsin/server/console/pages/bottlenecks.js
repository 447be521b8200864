// What is short, worst first, and what ended lately.

import { get } from '../lib/api.js';
import { el, empty, failure, fill, short } from '../lib/dom.js';
import * as live from '../lib/live.js';
import { kindWord } from './fleet/model.js';
import { choices } from './fleet/tools.js';
import { after, everything } from './resource/parts.js';
import { shortageList } from './resource/shortage.js';

export const title = 'Bottlenecks';

const KINDS = ['CPU', 'MEMORY', 'IO', 'NETWORK'];
const ENDED_SHOWN = 20;
const SHOWN = 60; // cards at first; a fleet in trouble has hundreds
const ASKED_EVERY = 10_000; // ms: a window's length

export const show = async (root, params, signal) => {
  const kinds = new Set();
  let most = SHOWN;
  let active = [];
  let ended = [];
  const sum = el('p', { class: 'soft', role: 'status' }, 'loading …');
  const wrong = el('div', {});
  const now = shortageList();
  const past = shortageList();
  const none = el('div', { hidden: true });
  const more = el('button', { hidden: true, on: { click: () => {
    most += SHOWN;
    draw();
  } } }, 'Show more');
  const over = el('details', { hidden: true }, el('summary', {}, 'Ended lately'), past.root);
  const buttons = choices('What is short', KINDS.map((kind) => [kind, kindWord(kind)]), (kind) => {
    if (!kinds.delete(kind)) kinds.add(kind);
    draw();
  });
  const text = el('input', { type: 'search', id: 'shortage-text', placeholder: 'resource or service', maxlength: 200, on: { input: () => draw() } });
  fill(root, el('div', {}, el('h1', {}, 'Bottlenecks'), sum),
    el('div', { class: 'row' }, buttons.root,
      el('label', { for: 'shortage-text', class: 'unseen' }, 'Search bottlenecks'), text),
    wrong, none, now.root, more, over);

  const fits = (each) => (!kinds.size || kinds.has(each.kind))
    && `${each.resource} ${each.service ?? ''}`.toLowerCase().includes(text.value.trim().toLowerCase());

  const draw = () => {
    const shown = active.filter(fits);
    sum.textContent = `${active.length} active${shown.length === active.length ? '' : `, ${shown.length} shown`}`;
    buttons.draw(Object.fromEntries(KINDS.map((kind) => [kind, active.filter((each) => each.kind === kind).length])), (kind) => kinds.has(kind));
    now.update(shown.slice(0, most));
    more.hidden = shown.length <= most;
    none.hidden = shown.length > 0;
    if (!shown.length) {
      fill(none, active.length ? empty('None fits this filter.', 'Take a kind or a word out of it.')
        : empty('Nothing is short.', 'A bottleneck shows here when a resource passes a threshold with evidence; “streams.bottlenecks” in the configuration sets the thresholds.'));
    }
    const gone = ended.filter(fits).slice(0, ENDED_SHOWN);
    over.hidden = !gone.length;
    past.update(gone);
  };

  const load = async () => {
    try {
      const [open, all] = await Promise.all([everything('bottlenecks', { active: true }, signal), get('bottlenecks', { active: false, limit: 200 }, { signal })]);
      active = open;
      ended = all.filter((each) => !each.active).sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
      fill(wrong);
      draw();
    } catch (failed) {
      if (signal.aborted) return;
      if (active.length) sum.textContent = `what you see may be old: ${short(failed.message, 200)}`;
      else {
        sum.textContent = '';
        fill(wrong, failure(failed, load));
      }
    }
  };
  const soon = after(2_000, load, signal);
  live.on('hello', soon, signal);
  live.on('fleet', soon, signal);
  const timer = setInterval(() => { if (!document.hidden) load(); }, ASKED_EVERY);
  signal.addEventListener('abort', () => clearInterval(timer));
  await load();
};
