// What an incident's fields mean to people: words, order, marks, the next promise.

import { el, short, badge } from './dom.js';
import { at, left, span } from './time.js';
import { word } from './format.js';

export const PRIORITIES = ['P0', 'P1', 'P2', 'P3'];
export const MEANS = { P0: 'act now', P1: 'within the hour', P2: 'within 4 hours', P3: 'within a day' };
export const STATES = ['OPEN', 'ACKNOWLEDGED', 'HEALING', 'MITIGATED'];

/** The promise that has to be kept next; undefined where all are kept or none was made. */
export const nextPromise = (incident) => (incident.promises ?? []).find((promise) => !promise.metAt);

const ranks = new WeakMap(); // an incident that changes is a new object

const rank = (incident) => {
  let known = ranks.get(incident);
  if (!known) {
    const quiet = [incident.silencedBy, incident.acknowledgement || incident.state === 'MITIGATED'].map((each) => (each ? 1 : 0));
    known = [incident.priority, ...quiet, nextPromise(incident)?.dueAt ?? '9', incident.id].join(' ');
    ranks.set(incident, known);
  }
  return known;
};

/** Most urgent first: priority; not silenced; nobody has it; the next promise. */
export const byUrgency = (one, other) => {
  const [a, b] = [rank(one), rank(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Whether nobody does anything about it. */
export const needsSomebody = (incident) => incident.state === 'OPEN' && !incident.acknowledgement && !incident.silencedBy;

/** Small words for what is special about it, with what that means. */
export const marks = (incident) => {
  const mark = (text, title) => el('span', { class: 'flag', title }, text);
  return [
    incident.flapping && mark('flapping', 'its signals come and go, so they are held'),
    incident.stale && mark('stale', 'its signals have stopped: nobody knows how it stands'),
    incident.silencedBy && mark('silenced', `by silence ${incident.silencedBy}`),
    incident.mergedInto && mark('merged', `part of ${incident.mergedInto}`),
    incident.reopened > 0 && mark('came back', `${incident.reopened} times`),
    incident.alerts?.length > 1 && el('span', { class: 'flag is-plain', title: 'alerts gathered in it' }, `${incident.alerts.length} alerts`),
    incident.affected?.length > 1 && el('span', { class: 'flag is-plain', title: 'resources that it touches' }, `${incident.affected.length} affected`),
  ].filter(Boolean);
};

/** "acknowledge 12 min left". */
export const promise = (incident) => {
  if (!isRunning(incident)) {
    const missed = (incident.promises ?? []).filter((each) => each.missed).map((each) => each.what);
    return [el('span', { class: 'soft' }, incident.resolvedAt ? `lasted ${lasted(incident)}` : '–'),
      missed.length ? el('span', { class: 'is-late small' }, ` ${missed.join(', ')} missed`) : null];
  }
  const next = nextPromise(incident);
  if (!next) return el('span', { class: 'soft' }, incident.promises?.length ? 'all kept' : 'no promise');
  return [el('span', { class: 'soft small' }, `${next.what} `),
    incident.pausedSince ? el('span', { class: 'counts', title: 'planned work: the clock stands still' }, 'paused') : left(next.dueAt)];
};

const isRunning = (incident) => incident.state !== 'RESOLVED' && !incident.mergedInto;

/** The state in words; healing with its attempt. */
export const stateWord = (incident) =>
  incident.state === 'HEALING' && incident.healAttempts ? `healing, try ${incident.healAttempts}` : word(incident.state);

/** Who has it. */
export const owner = (incident) =>
  incident.acknowledgement
    ? [el('bdi', { title: incident.acknowledgement.note || null }, short(incident.acknowledgement.by, 40)), ' until ',
      at(incident.acknowledgement.until)]
    : el('span', { class: 'soft' }, 'nobody');

/** How long it took, for those that are over. */
export const lasted = (incident) => span(Date.parse(incident.resolvedAt) - Date.parse(incident.startedAt));

export const priorityBadge = (incident) => badge(incident.priority);
