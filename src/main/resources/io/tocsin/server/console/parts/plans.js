// Plans of healing as cards (what waits, what is under way) and as lists (what is over).

import { badge, el, empty, fill, resourceLink, short } from '../lib/dom.js';
import { word } from '../lib/format.js';
import * as session from '../lib/session.js';
import { ago, at, since, span } from '../lib/time.js';
import { incidentRef, keyed, stateBadge } from '../lib/work.js';

const WORDS = {
  INTENT: 'decided, being carried out',
  EXECUTED: 'carried out, waiting for proof',
  VERIFIED: 'it helped',
  NOT_VERIFIED: 'carried out, did not help in time',
  FAILED: 'the action failed',
  REFUSED: 'a guard said no',
  UNKNOWN: 'nobody knows: a person has to look',
  COMPENSATING: 'did not help, being undone',
  REVERTED: 'taken back: the target is well again',
  AWAITING_APPROVAL: 'waits for a person',
};
const LAST = new Set(['VERIFIED', 'NOT_VERIFIED', 'FAILED', 'REFUSED', 'UNKNOWN', 'REVERTED']);
const NEXT = { INTENT: ['EXECUTED', 'VERIFIED'], EXECUTED: ['VERIFIED'], COMPENSATING: ['NOT_VERIFIED'] };

/** Keeps what of a card depends on nothing but these values. */
const patch = (host, draw) => {
  let seen;
  return (plan, ...more) => {
    const now = JSON.stringify([plan, ...more]);
    if (now === seen) return;
    seen = now;
    fill(host, draw(plan, ...more));
  };
};

const heading = (plan) => [
  el('h3', { class: 'row' }, badge(plan.priority), el('bdi', {}, short(plan.action, 80)),
    el('span', { class: 'soft' }, 'on'), resourceLink(plan.target)),
  el('p', { class: 'small soft' }, 'Attempt ', String(plan.attempt), ' for incident ', incidentRef(plan.incident)),
];

/** The row of steps: done ones with their time, those that are to come in grey. */
const track = (plan, steps) => {
  const done = steps.length ? steps : [{ outcome: plan.outcome, reason: plan.reason, at: plan.at }];
  const ahead = LAST.has(plan.outcome) ? [] : (NEXT[plan.outcome] ?? []).filter((each) => !done.some((step) => step.outcome === each));
  return el('ol', { class: 'steps' },
    done.map((step, i) => el('li', { class: `step is-${step.outcome}` },
      el('span', { class: 'step-name' }, word(step.outcome)),
      el('span', { class: 'small' }, at(step.at),
        step.tookMs !== null && step.tookMs !== undefined ? ` · took ${took(step.tookMs)}` : '',
        i === done.length - 1 && !LAST.has(plan.outcome) ? [' · for ', since(step.at)] : ''),
      step.reason ? el('bdi', { class: 'small soft' }, short(step.reason, 240)) : null)),
    ahead.map((next) => el('li', { class: 'step is-ahead' }, el('span', { class: 'step-name' }, word(next)))));
};

const took = (ms) => (ms < 1000 ? `${ms} ms` : span(ms));

const MOST_CARDS = 40;

/** Shows the first ones and says how many there are besides. */
const capped = (show, note) => (plans) => {
  show(plans.slice(0, MOST_CARDS));
  note.textContent = plans.length > MOST_CARDS ? `and ${plans.length - MOST_CARDS} more` : '';
};

/** Cards of plans that wait; the oldest first, as it runs out first. */
export const waiting = (host, { asked, word: say }) => {
  const list = el('div', { class: 'cards' });
  const none = empty('No plan waits for a person.', 'In mode approve, plans that passed all guards appear here, with two buttons.');
  const note = el('p', { class: 'hint' });
  fill(host, none, list, note);
  const show = capped(keyed(list, (plan) => plan.plan, (first) => {
    const text = el('div');
    const buttons = el('div', { class: 'buttons' });
    const root = el('article', { class: 'card is-waiting' }, text, buttons);
    const drawText = patch(text, (plan) => [heading(plan),
      el('p', {}, el('bdi', {}, short(plan.reason, 400))), el('p', { class: 'small' }, 'Waits for ', since(plan.at))]);
    const drawButtons = patch(buttons, (plan, sent) => {
      if (sent) return el('p', { class: 'hint', role: 'status' }, 'Your answer is on its way to the responder …');
      if (!session.may('OPERATOR')) return el('p', { class: 'hint' }, 'Approving needs the role operator.');
      return [el('button', { class: 'primary', on: { click: () => say(plan, 'approve') } }, 'Approve …'),
        el('button', { on: { click: () => say(plan, 'reject') } }, 'Reject …')];
    });
    const update = (plan) => {
      drawText(plan);
      drawButtons(plan, asked.has(plan.plan));
    };
    update(first);
    return { root, update };
  }), note);
  return (plans, view, panel) => {
    none.hidden = plans.length > 0;
    panel.root.classList.toggle('is-urgent', plans.length > 0);
    panel.count(plans.length || null);
    show(plans);
  };
};

/** Cards of plans that are under way, with their steps as they are done. */
export const inFlight = (host, { steps, stepsOf }) => {
  const list = el('div', { class: 'cards' });
  const none = empty('Nothing is being done at this moment.', null);
  const note = el('p', { class: 'hint' });
  fill(host, none, list, note);
  const show = capped(keyed(list, (plan) => plan.plan, (first) => {
    stepsOf(first.plan);
    const root = el('article', { class: 'card' });
    const draw = patch(root, (plan, done) => [heading(plan), track(plan, done)]);
    const update = (plan) => draw(plan, steps.get(plan.plan) ?? []);
    update(first);
    return { root, update };
  }), note);
  return (plans, view, panel) => {
    none.hidden = plans.length > 0;
    panel.count(plans.length || null);
    show(plans);
  };
};

const MOST = 100;

const row = (plan, kind) => {
  const cut = kind === 'refused' ? plan.reason.indexOf(':') : -1;
  const guard = cut > 0 && cut < 24 ? plan.reason.slice(0, cut) : null;
  const why = guard ? plan.reason.slice(cut + 1).trim() : plan.reason;
  return [
    el('span', { class: 'row' }, guard ? el('span', { class: 'badge is-REFUSED', title: 'the guard that objected' }, guard)
      : stateBadge(plan.outcome), el('bdi', { class: 'strong' }, short(plan.action, 60)), el('span', { class: 'soft' }, 'on'),
    el('bdi', { class: 'id' }, short(plan.target, 60))),
    el('span', { class: 'small' }, el('bdi', {}, short(why, 200)), el('span', { class: 'soft' }, ' · ', ago(plan.at))),
  ];
};

/** Plans that are over, newest first; one unfolds to its steps. */
export const lists = (host, { steps, stepsOf }, kind) => {
  const list = el('div', { class: 'folds' });
  const none = kind === 'refused'
    ? empty('No plan was refused.', 'Refusals are no faults: each says which guard kept something from being done.')
    : empty('No plan has come to an end yet.', 'Ends appear here with the proof: the probes or the alert that say whether it helped.');
  fill(host, none, list);
  const show = keyed(list, (plan) => plan.plan, (first) => {
    let now = first;
    const summary = el('summary');
    const inside = el('div', { class: 'fold-body' });
    const root = el('details', {}, summary, inside);
    const drawSummary = patch(summary, (plan) => row(plan, kind));
    const drawInside = patch(inside, (plan, done) => [
      el('p', { class: 'small' }, badge(plan.priority), ' ', WORDS[plan.outcome] ?? '', '; attempt ', String(plan.attempt),
        ' for incident ', incidentRef(plan.incident), ', target ', resourceLink(plan.target)),
      track(plan, done),
      plan.compensation ? el('p', { class: 'small' }, 'Undone: ', el('bdi', {}, short(plan.compensation, 300))) : null,
      el('p', { class: 'small' }, el('a', { href: `#/audit?incident=${encodeURIComponent(plan.incident)}` }, 'In the audit'))]);
    root.addEventListener('toggle', () => {
      if (!root.open) return;
      if (!steps.has(now.plan)) stepsOf(now.plan);
      drawInside(now, steps.get(now.plan) ?? []);
    });
    const update = (plan) => {
      now = plan;
      drawSummary(plan);
      if (root.open) drawInside(plan, steps.get(plan.plan) ?? []);
    };
    update(first);
    return { root, update };
  });
  return (plans, view, panel) => {
    none.hidden = plans.length > 0;
    panel.count(plans.length || null);
    show(plans.slice(0, MOST));
  };
};
