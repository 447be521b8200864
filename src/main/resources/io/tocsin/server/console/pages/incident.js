// One incident: what is broken, how bad, since when, why, what was done, what is left of the SLA, what next.

import { el, fill, empty, failure, short, badge, resourceLink, incidentHref } from '../lib/dom.js';
import { get, id as inPath } from '../lib/api.js';
import * as live from '../lib/live.js';
import * as open from '../lib/open.js';
import * as acts from '../lib/acts.js';
import * as session from '../lib/session.js';
import * as standing from '../lib/standing.js';
import { slot, framed } from '../lib/patch.js';
import { at, since, timed } from '../lib/time.js';
import { word } from '../lib/format.js';
import { lasted, marks, owner, stateWord } from '../lib/incident.js';
import { axis } from '../lib/axis.js';
import { causePath } from '../lib/cause.js';
import { evidence } from '../lib/evidence.js';
import { newestOfEach, nextSteps } from '../lib/next.js';
import { promises } from '../lib/promises.js';
import { remediesOf } from '../lib/remedies.js';

export const title = 'Incident';

const SOON = 300; // events come in bursts; what hangs on them is asked for once

const button = (text, key, does, look = '') => {
  const made = el('button', { class: look, 'data-key': key, title: key ? `${text} (${key})` : null });
  made.append(text);
  made.addEventListener('click', () => acts.working(made, does));
  return made;
};

const buttons = (incident) => {
  if (!open.isOpen(incident)) return session.may('RESPONDER') ? button('Add a note', 'n', () => acts.note(incident)) : [];
  if (!session.may('RESPONDER')) return el('p', { class: 'hint' }, 'You may look. A responder can take, silence and resolve it.');
  return [
    incident.acknowledgement
      ? [button('Extend …', 'a', () => acts.acknowledgeFor(incident)), button('Release', null, () => acts.release(incident))]
      : [button('Acknowledge for 1 h', 'a', () => acts.acknowledge(incident), 'primary'), button('for longer …', null, () => acts.acknowledgeFor(incident))],
    button('Note …', 'n', () => acts.note(incident)),
    button('Priority …', null, () => acts.setPriority(incident)),
    button('Silence …', 's', () => acts.silenceIncident(incident)),
    button('Resolve …', null, () => acts.resolve(incident)),
  ];
};

const known = (constant) => constant && constant !== 'UNSPECIFIED';

const done = (plans) =>
  plans.length === 0 ? el('span', { class: 'soft' }, 'nothing by Tocsin')
    : newestOfEach(plans).slice(0, 4).map((plan) => el('span', { class: 'done-deed' }, el('span', { class: 'mono' }, short(plan.action, 40)), ' ', badge(plan.outcome)));

const facts = (incident, plans) => {
  const over = !open.isOpen(incident);
  const line = (name, ...value) => [el('dt', {}, name), el('dd', {}, value)];
  return [
    line('state', el('span', { class: `state is-${incident.state}` }, stateWord(incident)), ' ', marks(incident)),
    line('since', at(incident.startedAt), over ? ` to ` : ' · for ', over ? [at(incident.resolvedAt ?? incident.updatedAt), incident.resolvedAt ? ` · lasted ${lasted(incident)}` : ''] : since(incident.startedAt)),
    line('what', resourceLink(incident.resource), incident.service ? [' of ', el('bdi', {}, short(incident.service, 80))] : '', known(incident.tier) ? ` · ${word(incident.tier)}` : '', known(incident.layer) ? ` · ${word(incident.layer)} layer` : ''),
    line('rule', el('a', { href: `#/rules/${encodeURIComponent(incident.rule)}`, class: 'id' }, short(incident.rule, 100))),
    over ? null : line('who has it', owner(incident)),
    line('done', done(plans)),
    incident.mergedInto ? line('part of', el('a', { href: incidentHref(incident.mergedInto) }, short(incident.mergedInto, 60))) : null,
  ];
};

const alertsOf = (incident) =>
  el('table', { class: 'incident-alerts' }, el('thead', {}, el('tr', {}, ['state', 'rule', 'resource', 'since', 'says', 'belongs because'].map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, incident.alerts.map((alert, i) => el('tr', {},
      el('td', {}, badge(alert.state)), el('td', {}, short(alert.rule, 60)), el('td', {}, resourceLink(alert.resource)), el('td', {}, at(alert.since)),
      el('td', { dir: 'auto' }, short(alert.summary, 200)), el('td', { class: 'soft', dir: 'auto' }, alert.relation || (i === 0 ? 'the cause' : ''))))));

const whyOf = ({ why }) => [
  el('p', { dir: 'auto' }, timed(why.decided, 600)),
  why.cause ? el('p', { dir: 'auto' }, 'Cause: ', timed(why.cause, 600)) : null,
  why.joined?.length ? [el('h3', {}, 'Joined'), el('ul', {}, why.joined.map((line) => el('li', { dir: 'auto' }, timed(line, 400))))] : null,
  why.changes?.length ? [el('h3', {}, 'Then'), el('ol', {}, why.changes.map((line) => el('li', { dir: 'auto' }, timed(line, 400))))] : null,
];

/** Whether the clock of its promises stands still, and since when; told by its timeline. */
const pausedSince = (events) => {
  const last = events.filter((each) => each.kind === 'CLOCK_PAUSED' || each.kind === 'CLOCK_RESUMED').at(-1);
  return last?.kind === 'CLOCK_PAUSED' ? last.at : null;
};

const marksOf = (incident, events) => {
  const mark = (iso, label) => iso && { at: Date.parse(iso) / 1000, label };
  return [mark(incident.startedAt, 'began'), mark(incident.acknowledgement?.at, 'taken'),
    mark(events.find((each) => each.lane === 'verification' && each.kind === 'VERIFIED')?.at, 'healed'), mark(incident.resolvedAt, 'resolved')].filter(Boolean);
};

const panel = (name) => {
  const body = el('div', {}, el('p', { class: 'soft' }, 'loading …'));
  return { root: el('section', { class: 'panel' }, el('h2', {}, name), body), place: slot(body) };
};

export const show = async (root, [id], signal) => {
  let incident = open.one(id);
  let [events, remedies, plans, heal] = [[], null, [], null];

  const head = { title: slot(el('div', { class: 'row incident-title' })), facts: slot(el('dl', { class: 'facts' })), buttons: slot(el('div', { class: 'buttons' })) };
  const next = panel('Next step');
  const reason = slot(el('div', {}));
  const why = slot(el('div', {}));
  const sla = promises(signal);
  const what = axis(signal);
  const figures = evidence(signal);
  const path = panel('How it spreads');
  const help = panel('Remedies');
  const alerts = panel('Alerts in it');
  next.root.classList.add('next-step');
  const page = el('div', { class: 'incident-page' },
    el('header', { class: 'panel incident-head' }, head.title.node, head.facts.node, head.buttons.node),
    el('div', { class: 'columns incident-top' }, next.root, sla.root,
      el('section', { class: 'panel' }, el('h2', {}, 'Why we think so'), reason.node, el('details', {}, el('summary', {}, 'All reasons'), why.node))),
    what.root, el('div', { class: 'columns incident-middle' }, help.root, el('div', { class: 'page' }, path.root, figures.root)), alerts.root);

  const draw = framed(() => {
    if (!page.isConnected) fill(root, page);
    const now = { ...incident, pausedSince: incident.pausedSince ?? pausedSince(events) };
    const key = JSON.stringify([incident, plans]);
    root.dataset.priority = incident.priority;
    standing.setPage(`${incident.priority} ${short(incident.summary, 60)}`);
    head.title.set(`${incident.priority} ${incident.summary}`, () => [badge(incident.priority), el('h1', { dir: 'auto' }, short(incident.summary, 300))]);
    head.facts.set(key, () => facts(incident, plans));
    head.buttons.set(`${open.isOpen(incident)} ${!incident.acknowledgement} ${incident.priority}`, () => buttons(incident));
    reason.set(JSON.stringify([incident.priority, incident.priorityReason, incident.evidence]), () => [
      el('p', { dir: 'auto' }, el('strong', {}, `${incident.priority}: `), timed(incident.priorityReason.replace(`${incident.priority}: `, ''), 400)),
      el('ul', { class: 'evidence-list' }, incident.evidence.slice(0, 20).map((line) => el('li', { dir: 'auto' }, timed(line, 300))))]);
    next.place.set(JSON.stringify([incident.state, incident.acknowledgement, incident.mergedInto, incident.stale, incident.flapping, incident.resolvedAt, remedies, plans, heal?.paused]), () =>
      nextSteps(incident, { remedies, plans, heal }, session.may('RESPONDER') ? button('Acknowledge for 1 h', null, () => acts.acknowledge(incident), 'small') : null));
    sla.update(now);
    alerts.place.set(JSON.stringify(incident.alerts), () => [el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Alerts' }, alertsOf(incident)),
      incident.affected?.length > 1 ? el('p', { class: 'small affected' }, 'Affected: ', incident.affected.slice(0, 30).map((each, i) => [i ? ', ' : '', resourceLink(each)]),
        incident.affected.length > 30 ? ` and ${incident.affected.length - 30} more` : '') : null]);
    figures.mark(marksOf(incident, events));
  }, signal);

  /** Reads one thing; where that fails, its place says so and the rest of the page stands. */
  const read = async (verb, place, build) => {
    try {
      const answer = await get(`incidents/${inPath(id)}/${verb}`, {}, { signal });
      place?.set(JSON.stringify(answer), () => build(answer));
      return answer;
    } catch (failed) {
      if (signal.aborted) return null;
      const words = () => failure(failed, () => parts());
      if (place) place.set(`failed ${failed.message}`, words);
      else what.fail(words());
      return null;
    }
  };
  const parts = async () => {
    await Promise.all([
      read('axis').then((found) => {
        if (signal.aborted || !found) return;
        events = found;
        what.update(events, open.isOpen(incident));
      }),
      acts.plansOf(id).catch(() => []).then((found) => {
        plans = found;
      }),
      get('heal', {}, { signal }).catch(() => null).then((found) => {
        heal = found;
      }),
      read('remedies', help.place, remediesOf).then((found) => {
        remedies = found ?? remedies;
      }),
      read('path', path.place, (found) => (found.nodes.length ? causePath(found) : empty('It touches nothing else.'))),
      read('why', why, whyOf),
    ]);
    if (signal.aborted) return;
    draw();
    figures.load(incident, remedies?.figures ?? [], marksOf(incident, events));
  };
  let later = null;
  const soon = () => {
    later ??= setTimeout(() => {
      later = null;
      if (!signal.aborted) parts();
    }, SOON);
  };
  const load = async () => {
    try {
      incident = await get(`incidents/${inPath(id)}`, {}, { signal });
      draw();
      await parts();
    } catch (failed) {
      if (!signal.aborted) fill(root, failure(failed, load));
    }
  };

  live.on('incident', (changed) => {
    if (changed.id !== id || (incident && changed.version < incident.version)) return;
    incident = { ...incident, ...changed };
    draw();
    soon();
  }, signal);
  live.on('heal', (plan) => plan.incident === id && soon(), signal);
  live.on('hello', load, signal);
  if (incident) draw();
  else fill(root, el('p', { class: 'soft' }, 'loading …'));
  await load();
};
