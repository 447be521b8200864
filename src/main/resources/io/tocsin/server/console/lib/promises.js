// What is left of the three promises of an incident's priority, as countdowns.

import { el } from './dom.js';
import { at, left, span } from './time.js';
import { keyed, slot } from './patch.js';

const MEANS = { acknowledge: 'somebody takes it', mitigate: 'its effect is over', resolve: 'it is over' };

const words = (promise, incident) => {
  if (promise.metAt) {
    const took = span(Date.parse(promise.metAt) - Date.parse(incident.startedAt));
    return [el('span', { class: promise.missed ? 'is-late' : 'is-kept' }, promise.missed ? 'kept late' : 'kept'), ` after ${took}`];
  }
  if (incident.pausedSince) return el('span', { class: 'is-soon' }, 'paused: planned work');
  if (incident.state === 'RESOLVED' || incident.mergedInto) return promise.missed ? el('span', { class: 'is-late' }, 'missed') : el('span', { class: 'soft' }, 'no longer counts');
  return left(promise.dueAt);
};

const row = (incidentNow) => () => {
  const said = slot(el('span', { class: 'promise-left' }));
  const due = slot(el('span', { class: 'soft small' }));
  const name = slot(el('span', {}));
  const done = el('span', {});
  const node = el('li', {}, name.node, said.node, el('span', { class: 'promise-bar', 'aria-hidden': 'true' }, done), due.node);
  return {
    node,
    patch: (promise) => {
      const incident = incidentNow();
      const [began, ends] = [Date.parse(incident.startedAt), Date.parse(promise.dueAt)];
      const end = promise.metAt ?? incident.pausedSince ?? incident.resolvedAt;
      const until = end ? Date.parse(end) : Date.now();
      const share = ends <= began ? 100 : Math.min(100, Math.max(0, (100 * (until - began)) / (ends - began)));
      done.style.setProperty('width', `${share.toFixed(1)}%`);
      node.className = `promise${promise.metAt ? ' is-met' : ''}${promise.missed || (!promise.metAt && share >= 100) ? ' is-missed' : ''}`;
      name.set(promise.what, () => [el('strong', {}, promise.what), ' ', el('span', { class: 'soft small' }, MEANS[promise.what] ?? '')]);
      said.set(JSON.stringify([promise, incident.state, incident.pausedSince, incident.mergedInto]), () => words(promise, incident));
      due.set(promise.dueAt, () => ['due ', at(promise.dueAt)]);
    },
  };
};

/** {root, update(incident)}; the bars go on by themselves. */
export const promises = (signal) => {
  let incident = null;
  const rows = new Map();
  const list = el('ol', { class: 'promises' });
  const none = el('p', { class: 'soft' }, 'No promise was made for it.');
  const make = row(() => incident);
  const draw = () => {
    none.hidden = (incident.promises ?? []).length > 0;
    keyed(list, rows, incident.promises ?? [], (each) => each.what, make);
  };
  const ticking = setInterval(() => incident && draw(), 5000);
  signal.addEventListener('abort', () => clearInterval(ticking));
  return {
    root: el('section', { class: 'panel' }, el('h2', {}, 'Left of the SLA'), list, none),
    update: (now) => {
      incident = now;
      draw();
    },
  };
};
