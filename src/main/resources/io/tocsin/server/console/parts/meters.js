// The figures that say at a glance whether data flows: what came to each stage in all, and how fast it comes now.

import { el } from '../lib/dom.js';
import { number } from '../lib/format.js';

/** Names, and whether anything above 0 is bad news. Counts of all tags are added up. */
const MAIN = [
  ['tocsin.collectors.sent', 'sent by collectors'], ['tocsin.collectors.dropped', 'dropped by collectors', true],
  ['tocsin.streams.samples', 'samples taken in'], ['tocsin.streams.windows', 'windows written'], ['tocsin.streams.refused', 'samples refused', true],
  ['tocsin.recorder.points', 'points recorded'],
  ['tocsin.healing.results', 'steps of healing'], ['tocsin.notify.deliveries', 'deliveries'], ['tocsin.server.pages', 'open pages'],
];
const STILL = ['tocsin.server.pages']; // a state, not a count

const sum = (meters, name) => {
  const all = Object.entries(meters).filter(([key]) => key === name || key.startsWith(`${name}{`));
  return all.length ? all.reduce((total, [, value]) => total + value, 0) : null;
};

/** Answers {root, update(meters)}; a rate is there from the second time on. */
export const mainMeters = () => {
  const tiles = MAIN.map(([name, words, isBad]) => {
    const value = el('strong');
    const rate = el('span', { class: 'small soft' });
    return { name, isBad, value, rate, root: el('div', { class: 'tile', title: name }, value, el('span', { class: 'small' }, words), rate), before: null, at: 0 };
  });
  const root = el('div', { class: 'tiles' }, tiles.map((each) => each.root));
  const update = (meters) => {
    const now = Date.now();
    for (const each of tiles) {
      const count = sum(meters, each.name);
      each.root.hidden = count === null;
      if (count === null) continue;
      each.value.textContent = number(count, 0);
      each.value.className = each.isBad && count > 0 ? 'is-P1' : '';
      if (STILL.includes(each.name)) continue;
      if (each.at && now - each.at > 1000) each.rate.textContent = `${number(Math.max(0, count - each.before) / ((now - each.at) / 1000), 1)} a second`;
      if (!each.at || now - each.at > 1000) Object.assign(each, { before: count, at: now });
    }
  };
  return { root, update };
};
