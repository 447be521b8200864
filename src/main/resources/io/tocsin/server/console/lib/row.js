// One incident of a list, patched in place.

import { el, short, incidentHref, resourceHref } from './dom.js';
import { slot } from './patch.js';
import { at, since } from './time.js';
import { acknowledge, release, silenceIncident, working } from './acts.js';
import { isOpen } from './open.js';
import { marks, owner, priorityBadge, promise, stateWord } from './incident.js';
import * as session from './session.js';

const foreign = (text, most) => el('bdi', { title: text }, short(text, most));

const button = (text, key, says, doing) => {
  const made = el('button', { class: 'small', 'data-key': key, title: key ? `${says} (${key})` : says, 'aria-label': says }, text);
  made.addEventListener('click', () => working(made, doing));
  return made;
};

const buttons = (incident) => {
  if (!isOpen(incident) || !session.may('RESPONDER')) return [];
  const name = short(incident.summary, 60);
  return [
    incident.acknowledgement
      ? button('Release', null, `Release: ${name}`, () => release(incident))
      : button('Take 1 h', 'a', `Acknowledge for 1 h: ${name}`, () => acknowledge(incident)),
    button('Silence', 's', `Silence: ${name}`, () => silenceIncident(incident)),
  ];
};

const where = (incident) => [
  el('a', { href: resourceHref(incident.resource), title: incident.resource, class: 'id quiet-link' }, foreign(incident.resource, 60)),
  incident.service ? [' · ', foreign(incident.service, 40)] : null,
  ' · ', foreign(incident.rule, 40),
];

/** A row of the board: {node, patch(incident)}. */
export const incidentRow = () => {
  const cell = (name) => slot(el('div', { class: `cell-${name}` }));
  const cells = Object.fromEntries(['priority', 'what', 'state', 'promise', 'owner', 'buttons'].map((name) => [name, cell(name)]));
  const node = el('li', { class: 'incident-row' }, Object.values(cells).map((each) => each.node));
  let last;
  const patch = (incident) => {
    if (incident === last) return;
    last = incident;
    const open = isOpen(incident);
    node.className = `incident-row is-row-${incident.priority}${open ? '' : ' is-over'}${incident.silencedBy ? ' is-silenced' : ''}`;
    cells.priority.set(incident.priority, () => priorityBadge(incident));
    cells.what.set(JSON.stringify([incident.summary, incident.resource, incident.service, incident.flapping, incident.stale,
      incident.silencedBy, incident.mergedInto, incident.alerts?.length, incident.affected?.length]), () => [
      el('a', { href: incidentHref(incident.id), class: 'summary', 'data-row': true, dir: 'auto', title: short(incident.summary, 1000) },
        short(incident.summary, 180)),
      el('p', { class: 'where' }, where(incident), ' ', marks(incident)),
    ]);
    cells.state.set(`${incident.state} ${incident.healAttempts} ${incident.startedAt} ${incident.resolvedAt}`, () => [
      el('span', { class: `state is-${incident.state}` }, stateWord(incident)),
      el('span', { class: 'soft small' }, open ? ['for ', since(incident.startedAt)]
        : ['at ', at(incident.resolvedAt ?? incident.updatedAt)]),
    ]);
    cells.promise.set(JSON.stringify([incident.promises, incident.state, incident.pausedSince]), () => promise(incident));
    cells.owner.set(JSON.stringify([incident.acknowledgement, open]), () => (open ? owner(incident) : []));
    cells.buttons.set(`${!incident.acknowledgement} ${open} ${incident.version}`, () => buttons(incident));
  };
  return { node, patch };
};
