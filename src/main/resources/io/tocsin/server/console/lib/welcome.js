// What the board shows while nothing is open: that somebody watches, what would ring, and what to try.

import { el, fill, short } from './dom.js';
import { get, id } from './api.js';
import * as kept from './kept.js';
import { copyable } from './copy.js';
import { word, number } from './format.js';

const TRY = [
  ['Break something', './tocsin demo', 'Starts a service of its own beside a pipeline of its own, kills it, and prints what happened, with times. Or kill something that is watched here.'],
  ['Watch one more thing', './tocsin check my.yaml', 'Add a URL, host or port to the checks of your configuration; this says every problem of the file before it is used.'],
  ['Let it ring', './tocsin notify test CHANNEL -c my.yaml', 'Add a channel (mail, chat, webhook, pager) to your configuration; this sends a made-up page through it, then that it is over.'],
];

const counts = (fleet) => {
  const byKind = new Map();
  for (const [, , kind] of fleet.resources) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  return [...byKind].map(([kind, many]) => `${number(many, 0)} ${word(fleet.kinds[kind])}${many === 1 ? '' : 's'}`).join(', ');
};

const watched = (fleet) =>
  fleet?.resources.length
    ? el('p', {}, 'Watched now: ', el('a', { href: '#/fleet' }, counts(fleet)), '.')
    : el('p', {}, 'No resource has been heard of yet. The collector of this machine reports within a few seconds; ',
      el('a', { href: '#/pipeline' }, 'Pipeline'), ' shows whether it does.');

const judged = (rules) => {
  if (!rules?.length) return el('p', {}, 'No rule judges them, so nothing would ring. Apply one: ', el('code', {}, './tocsin rules apply FILE'));
  const live = rules.filter((rule) => !rule.shadow);
  return el('p', {}, 'What would ring: ', el('a', { href: '#/rules' }, `${live.length} rule${live.length === 1 ? '' : 's'}`), ', such as ',
    live.filter((rule) => !rule.name.startsWith('_')).slice(0, 5).map((rule, i) => [i ? ', ' : '', el('a', { href: `#/rules/${id(rule.name)}`, class: 'mono' }, short(rule.name, 40))]), '.');
};

/** Whether somebody has said that they know it all. */
export const isKnown = () => kept.read('welcome') === 'seen';

/** What to try first; gone for good once somebody says so. */
export const firstSteps = () => {
  const steps = el('div', { class: 'welcome-steps' }, TRY.map(([name, command, does]) =>
    el('section', { class: 'panel' }, el('h3', {}, name), el('p', { class: 'small' }, does), copyable(command))));
  const hide = el('button', { class: 'quiet', on: { click: () => {
    kept.write('welcome', 'seen');
    more.remove();
  } } }, 'Do not show this again');
  const more = el('div', {}, el('div', { class: 'row spread' }, el('h2', {}, 'Three things to try'), hide), steps);
  return more;
};

/** The element; what it tells is asked for once. */
export const welcome = (signal) => {
  const facts = el('div', {}, el('p', { class: 'soft' }, 'loading …'));
  const root = el('section', { class: 'welcome' },
    el('div', { class: 'panel is-calm' }, el('p', { class: 'welcome-title' }, el('span', { 'aria-hidden': 'true' }, '✓ '), 'Nothing is open'), facts),
    isKnown() ? null : firstSteps());
  Promise.all(['fleet', 'rules'].map((path) => get(path, {}, { signal }).catch(() => null))).then(([fleet, rules]) => {
    if (!signal.aborted) fill(facts, watched(fleet), judged(rules));
  });
  return root;
};
