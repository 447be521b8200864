// The events of a time axis in words, oldest first.

import { el, short, resourceHref } from './dom.js';
import { at, span, timed } from './time.js';
import { keyed } from './patch.js';
import { word } from './format.js';

const MOST = 14;
const KINDS = /^(host|vm|container|service|probe|device|pod|process)\//;

const name = (item) => `${item.at} ${item.lane} ${item.kind} ${item.text}`;

/** A reference that is a resource becomes a link; ids of alerts, deliveries and plans say nothing to people. */
const reference = (ref) => (KINDS.test(ref ?? '') ? el('a', { href: resourceHref(ref), title: ref, dir: 'auto' }, short(ref, 50)) : null);

const row = (zero) => (item) => {
  const node = el('li', { class: `axis-item is-${item.tone}`, tabindex: '-1' },
    at(item.at), el('span', { class: 'soft number' }, item.ms === zero ? '' : `+${item.ms - zero < 10_000 ? `${((item.ms - zero) / 1000).toFixed(1)} s` : span(item.ms - zero)}`),
    el('span', { class: 'axis-kind' }, item.lane),
    el('span', { class: 'axis-text', dir: 'auto', title: item.text?.length > 300 ? short(item.text, 2000) : null },
      el('span', { class: 'axis-word' }, word(item.kind)), ' ', timed(item.text, 300),
      item.untilMs !== undefined ? el('span', { class: 'soft' }, ` (for ${span(item.untilMs - item.ms)})`) : null),
    el('span', { class: 'small' }, item.by ? ['by ', el('bdi', {}, short(item.by, 40)), ' '] : null, reference(item.ref)));
  return { node, patch: () => {} };
};

/** {root, update(items), choose(item)}. */
export const axisList = () => {
  const rows = new Map();
  const list = el('ol', { class: 'axis-list', 'aria-label': 'What happened, oldest first' });
  const more = el('button', { class: 'quiet small' });
  let all = false;
  let items = [];
  const draw = () => {
    const hidden = all ? 0 : Math.max(0, items.length - MOST);
    more.hidden = items.length <= MOST;
    more.textContent = all ? 'Show the newest only' : `Show ${hidden} earlier`;
    const seen = new Map();
    const unique = items.slice(hidden).map((item) => {
      const many = (seen.get(name(item)) ?? 0) + 1;
      seen.set(name(item), many);
      return { ...item, key: `${name(item)} ${item.until ?? ''} ${many}` };
    });
    keyed(list, rows, unique, (item) => item.key, row(items[0]?.ms));
  };
  more.addEventListener('click', () => {
    all = !all;
    draw();
  });
  return {
    root: el('div', {}, more, list),
    update: (now) => {
      items = now;
      draw();
    },
    choose: (item) => {
      all = true;
      draw();
      const found = [...rows].find(([key]) => key.startsWith(name(item)))?.[1].node;
      found?.scrollIntoView({ block: 'center' });
      found?.focus({ preventScroll: true });
    },
  };
};
