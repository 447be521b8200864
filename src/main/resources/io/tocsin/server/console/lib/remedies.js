// What can be done about an incident: runbook, advice on its bottleneck, the ladder of healing actions.

import { el, badge, empty, short, resourceLink } from './dom.js';
import { at, timed } from './time.js';
import { copyable } from './copy.js';
import { approve, reject, working } from './acts.js';
import { percent, number, word } from './format.js';
import * as session from './session.js';

/** A runbook is written by whoever writes rules: only web addresses become links. */
export const runbook = (text) => {
  if (!text) return null;
  try {
    const url = new URL(text);
    if (url.protocol === 'https:' || url.protocol === 'http:') {
      return el('a', { href: url.href, target: '_blank', rel: 'noreferrer noopener', class: 'id' }, short(text, 120));
    }
  } catch {
    // not an address: a sentence, which is fine, too
  }
  return el('bdi', { class: 'id', title: text }, short(text, 300));
};

const advice = (each) =>
  el('li', {}, el('p', {}, el('strong', { dir: 'auto' }, short(each.title, 160))),
    each.risk ? el('p', { class: 'small', dir: 'auto' }, `risk: ${short(each.risk, 200)}`) : null,
    each.because ? el('p', { class: 'small soft', dir: 'auto' }, `because ${short(each.because, 300)}`) : null,
    each.command ? copyable(each.command) : null,
    each.source ? el('p', { class: 'small soft' }, 'source: ', el('bdi', {}, short(each.source, 120))) : null);

const bottleneck = (each) =>
  el('div', {}, el('p', {}, el('strong', {}, word(each.kind)), ' of ', resourceLink(each.resource), `: ${number(each.value)} ${each.unit ?? ''}, threshold ${number(each.threshold)}`,
    each.confidence !== undefined && each.confidence !== null ? el('span', { class: 'soft' }, ` (confidence ${percent(each.confidence <= 1 ? each.confidence * 100 : each.confidence, 0)})`) : null),
  each.remedy ? el('p', { dir: 'auto' }, short(each.remedy, 300)) : null,
  el('ol', { class: 'advice-list' }, (each.advice ?? []).map(advice)));

const rung = (each) =>
  el('li', {}, el('p', {}, el('strong', { class: 'mono' }, short(each.action, 80)), ' ', el('span', { class: 'flag is-plain' }, word(each.mode))),
    each.does ? el('p', { class: 'small soft', dir: 'auto' }, short(each.does, 200)) : null,
    (each.tried ?? []).length === 0 ? el('p', { class: 'small soft' }, 'not tried')
      : each.tried.map((one) => el('p', { class: 'small' }, badge(one.outcome), ' ', at(one.at), ' ', el('bdi', {}, timed(one.reason, 240)))));

/** The two buttons under a plan that waits for a person. */
export const decide = (plan) => {
  if (!session.may('OPERATOR')) return el('p', { class: 'hint' }, 'An operator has to decide; you may look.');
  const yes = el('button', { class: 'primary', on: { click: () => working(yes, () => approve(plan)) } }, 'Approve …');
  const no = el('button', { on: { click: () => working(no, () => reject(plan)) } }, 'Reject …');
  return el('div', { class: 'buttons' }, yes, no);
};

const part = (name, ...content) => el('section', {}, el('h3', {}, name), content);

/** All of it; `remedies` as the API has it. */
export const remediesOf = (remedies) => {
  const { bottlenecks = [], ladder = [] } = remedies;
  if (!remedies.runbook && !bottlenecks.length && !ladder.length) {
    return empty('No remedy is known.', 'A rule may name a runbook and a ladder of actions; see its page.');
  }
  return [
    remedies.runbook ? part('Runbook', el('p', {}, runbook(remedies.runbook))) : null,
    bottlenecks.length ? part('Bottleneck', bottlenecks.map(bottleneck)) : null,
    ladder.length ? part('Healing', el('ol', { class: 'heal-ladder' }, ladder.map(rung))) : null,
  ];
};
