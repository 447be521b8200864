// What may be done at all, on which ladders, and which actions are still trusted.

import { get, post } from '../lib/api.js';
import { badge, el, empty, failure, fill, resourceLink, short } from '../lib/dom.js';
import { ask } from '../lib/dialog.js';
import { word } from '../lib/format.js';
import * as session from '../lib/session.js';
import { at, span } from '../lib/time.js';
import { loading, table } from '../lib/work.js';

const MOST_TARGETS = 12;

const targets = (of) => {
  const names = Array.isArray(of) ? of : Object.keys(of ?? {});
  if (!names.length) return el('span', { class: 'soft' }, 'none');
  return el('ul', { class: 'tags' },
    names.slice(0, MOST_TARGETS).map((name) => el('li', {},
      /[*?]/.test(name) || !name.includes('/') ? el('bdi', { class: 'mono' }, short(name, 80)) : resourceLink(name))),
    names.length > MOST_TARGETS ? el('li', { class: 'soft' }, `and ${names.length - MOST_TARGETS} more`) : null);
};

const seconds = (value) => span(value * 1000);

/** What has to be seen before it counts as a help. */
const proof = (verify) => {
  if (!verify) return '–';
  const by = { ANY: 'the alert or the probes', PROBES: 'the probes', ALERT: 'the alert' }[verify.by] ?? word(verify.by);
  return [verify.of ? [`${by} of `, resourceLink(verify.of)] : by, ', ',
    verify.by === 'ALERT' ? '' : `${verify.healthyProbes} healthy in a row, `,
    verify.healthyForSeconds ? `well for ${seconds(verify.healthyForSeconds)}, ` : '', `within ${seconds(verify.withinSeconds)}`];
};

/** What holds it back, beside the guards that all share. */
const limits = (action) =>
  [action.cooldownSeconds ? `rests ${seconds(action.cooldownSeconds)}` : null,
    action.maxAttempts ? `${action.maxAttempts} times in ${seconds(action.attemptsWithinSeconds)}` : null,
    action.afterSeconds ? `people have ${seconds(action.afterSeconds)} first` : null,
    action.timeoutSeconds ? `stopped after ${seconds(action.timeoutSeconds)}` : null].filter(Boolean).join(', ');

/** The ladders that any action is on; each action names all that are climbed with it. */
const ladders = (all) => [...new Map(all.flatMap((action) => action.ladders ?? []).map((ladder) => [ladder.name, ladder])).values()];

/** Actions and ladders of the configuration. */
export const actions = async (panel, signal) => {
  fill(panel.body, loading('Asking for the configuration'));
  try {
    const all = await get('heal/actions', {}, { signal });
    panel.count(all.length);
    if (!all.length) {
      fill(panel.body, empty('No action is configured, so nothing can ever be done.',
        'Name actions under healing.actions in the configuration; it is read when Tocsin starts.'));
      return;
    }
    const shown = table('Actions', [
      { name: 'Action', cls: 'min', cell: (each) => el('bdi', { class: 'strong' }, short(each.name, 80)) },
      { name: 'Does', cls: 'min', cell: (each) => [el('bdi', {}, short(each.does, 120)), each.disruptive === false ? el('span', { class: 'soft small' }, ' (takes nothing away)') : null] },
      { name: 'On', cls: 'min', cell: (each) => targets(each.targets) },
      { name: 'Proof that it helped', cls: 'min', cell: (each) => proof(each.verify) },
      { name: 'Limits', cls: 'min', cell: (each) => el('span', { class: 'small' }, limits(each) || '–') },
    ], (each) => each.name, { most: 50 });
    shown.show(all);
    const climbs = ladders(all);
    fill(panel.body, shown.root, climbs.length ? [el('h3', { class: 'spaced' }, 'Ladders'),
      el('p', { class: 'hint' }, 'One step after the other, from left to right, until one helps; in the end always a person.'),
      climbs.map((each) => el('div', { class: 'ladder' }, el('bdi', { class: 'strong' }, short(each.name, 60)),
        el('ol', { class: 'boxed in-order' }, each.steps.map((step) => el('li', {}, el('bdi', {}, short(step, 60)))))))] : null);
  } catch (failed) {
    if (!signal.aborted) fill(panel.body, failure(failed, () => actions(panel, signal)));
  }
};

const trusted = (each) => each.level !== 'APPROVE';

const promote = (each, again) =>
  ask('Trust this action again', [], 'Promote', async () => {
    await post('heal/promote', { key: each.key });
    setTimeout(again, 1500);
  }, { danger: true, text: `${each.key} may then run without asking where its mode is auto; counting begins anew.` });

/** How often each action has helped, and whether it may still run by itself. */
export const autonomy = async (panel, signal) => {
  fill(panel.body, loading('Counting what has helped'));
  const again = () => signal.aborted || autonomy(panel, signal);
  try {
    const all = await get('heal/autonomy', {}, { signal });
    panel.count(all.length || null);
    if (!all.length) {
      fill(panel.body, empty('Nothing was tried yet, and what is new is trusted.',
        'After four tries of an action on one class of target, how often it helped decides whether it goes on by itself.'));
      return;
    }
    const shown = table('Trust by rule, action and class of target', [
      { name: 'Rule / action / class', cls: 'min', cell: (each) => el('bdi', { class: 'mono' }, short(each.key, 160)) },
      { name: 'Tries', number: true, cell: (each) => String(each.tries ?? '–') },
      { name: 'Helped', number: true, cell: (each) => String(each.helped ?? '–') },
      { name: 'At best', number: true, cell: (each) => (each.upper === undefined ? '–' : `${Math.round(100 * each.upper)} %`) },
      { name: 'Runs', cell: (each) => (trusted(each) ? badge('by itself') : badge('after approval', 'P2')) },
      { name: 'Promoted', cell: (each) => (each.promotedAt ? at(each.promotedAt) : '–') },
      { name: 'Do', cell: (each) => {
        if (trusted(each)) return '';
        if (!session.may('OPERATOR')) return el('span', { class: 'hint' }, 'Promoting needs the role operator');
        return el('button', { on: { click: () => promote(each, again) } }, 'Promote …');
      } },
    ], (each) => each.key, { most: 50 });
    shown.show([...all].sort((a, b) => Number(trusted(a)) - Number(trusted(b)) || (a.key < b.key ? -1 : 1)));
    fill(panel.body, shown.root, el('p', { class: 'hint' },
      'At best: the upper end of a 95 % interval of how often it helps. Below the limit of the configuration it has to ask.'));
  } catch (failed) {
    if (!signal.aborted) fill(panel.body, failure(failed, again));
  }
};
