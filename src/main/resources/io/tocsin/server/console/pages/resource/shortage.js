// One bottleneck as a card: how far over its threshold, why it is believed, and what to try. A card is brought up to date in
// place, so that an opened piece of advice stays open.

import { copyable } from '../../lib/copy.js';
import { badge, el, fill, resourceLink, short } from '../../lib/dom.js';
import { number, percent } from '../../lib/format.js';
import { keyed } from '../../lib/patch.js';
import { ago, since, span } from '../../lib/time.js';
import { kindWord } from '../fleet/model.js';
import { facts, gauge, withLink } from './parts.js';

/** An episode of a shortage. */
const keyOf = (each) => `${each.resource} ${each.kind} ${each.since}`;

const advice = (each) =>
  el('details', { class: 'shortage-advice', data: { id: each.id } }, el('summary', {}, short(each.title, 300)),
    each.because ? el('p', { class: 'small' }, 'Fits because ', short(each.because, 400), '.') : null,
    each.command ? copyable(short(each.command, 2000)) : null,
    facts([['Risk', each.risk && short(each.risk, 600)], ['Source', each.source && withLink(each.source)]]));

/** A link that the keys j and k go to. */
const named = (id) => {
  const link = resourceLink(id);
  link.dataset.row = '';
  return link;
};

const figure = (value, unit) => (unit === '%' ? percent(value) : `${number(value)} ${short(unit, 40)}`);

/** {root, update(bottleneck)}; `isAlone` on the page of its resource, which need not be named again. */
const shortageCard = (isAlone = false) => {
  const head = el('div', { class: 'row spread' });
  const bar = gauge('');
  const words = el('p', { class: 'small soft' });
  const evidence = el('ul', { class: 'evidence' });
  const remedies = el('div', { class: 'remedies' });
  const root = el('article', { class: 'panel shortage' }, head, el('div', { class: 'gauge-row' }, bar.root, words), evidence, remedies);
  let told = '';
  let advised = '';
  const update = (each) => {
    const text = JSON.stringify(each);
    if (text === told) return;
    told = text;
    fill(head, el(isAlone ? 'h3' : 'h2', {}, badge(each.severity), ' ', kindWord(each.kind), isAlone ? '' : ' at ', isAlone ? null : named(each.resource)),
      el('span', { class: 'small soft' }, each.active
        ? ['for ', since(each.since)]
        : ['lasted ', span(Date.parse(each.at) - Date.parse(each.since)), ', ended ', ago(each.at)]));
    const top = each.unit === '%' ? 100 : Math.max(each.value, each.threshold) * 1.15 || 1;
    const said = `${figure(each.value, each.unit)}, threshold ${figure(each.threshold, each.unit)}`;
    bar.set(each.value / top, each.threshold / top, said, `is-${each.severity}`);
    fill(words, said, ` · ${Math.round(each.confidence * 100)} % sure`, each.runnerUp ? ` · else ${kindWord(each.runnerUp)}` : '',
      isAlone ? '' : ` · ${kindWord(each.resourceKind)}${each.service ? ` of ${short(each.service, 80)}` : ''}`);
    fill(evidence, each.evidence.map((line) => el('li', { dir: 'auto' }, short(line, 400))));
    const given = JSON.stringify(each.advice ?? []);
    if (given === advised) return;
    advised = given;
    const opened = new Set([...remedies.querySelectorAll('details[open]')].map((one) => one.dataset.id));
    fill(remedies, each.advice?.length ? el('p', { class: 'small soft' }, 'What to try, best first. Nothing of it is run by Tocsin.') : null,
      (each.advice ?? []).map(advice));
    remedies.querySelectorAll('details').forEach((one) => { one.open = opened.has(one.dataset.id); });
  };
  return { root, update };
};

/** A list of cards that keeps those that stay: {root, update(bottlenecks)}. */
export const shortageList = (isAlone = false) => {
  const cards = new Map();
  const root = el('div', { class: 'shortages' });
  const make = () => {
    const card = shortageCard(isAlone);
    return { node: card.root, patch: card.update };
  };
  return { root, update: (all) => keyed(root, cards, all, keyOf, make) };
};
