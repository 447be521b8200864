// What was done to containers against the policies, and what scans of images found.

import { get } from '../lib/api.js';
import { el, failure, fill, short } from '../lib/dom.js';
import { number } from '../lib/format.js';
import * as live from '../lib/live.js';
import { framed } from '../lib/patch.js';
import { ago } from '../lib/time.js';
import { facts, head, loading, panel } from '../lib/work.js';
import { images, places, policies, SEVERITIES, troubles } from '../parts/policies.js';
import { violations } from '../parts/violations.js';

export const title = 'Security';

const ROUND = 15_000;

const sum = (totals) => SEVERITIES.reduce((all, each) => all + (totals?.[each] ?? 0), 0);

/** Decisions by severity; a count leads to the violations behind it. */
const matrix = (report, pick) => {
  const row = (name, decision, totals) => el('tr', {}, el('th', { scope: 'row' }, name),
    SEVERITIES.map((each) => el('td', { class: 'number' }, totals[each]
      ? el('button', { class: `quiet cell is-${each.toUpperCase()}`, 'aria-label': `${totals[each]} ${each}, ${name}: show them`,
        on: { click: () => pick(decision, each.toUpperCase()) } }, number(totals[each], 0)) : el('span', { class: 'soft' }, '0'))),
    el('td', { class: 'number strong' }, number(sum(totals), 0)));
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Violations by decision and severity' },
    el('table', { class: 'work by-severity' }, el('thead', {}, el('tr', {}, el('td', {}, ''),
      [...SEVERITIES, 'all'].map((each) => el('th', { scope: 'col', class: 'number' }, each)))),
    el('tbody', {}, row('Denied', 'DENY', report.denied), row('Recorded (audit)', 'AUDIT', report.audited))));
};

const defaultDeny = (report) => [
  el('p', {}, report.policies
    ? `${report.policies} ${report.policies === 1 ? 'policy is' : 'policies are'} in force, so whatever no rule allows is denied: that is default deny. A violation without a policy’s name comes from it.`
    : 'No policy is in force, so nothing is judged and nothing is denied. With the first policy, whatever no rule allows is denied.'),
  el('p', {}, 'Denied means reported: Tocsin watches and does not stand between the runtime and whoever calls it. What was done is done.'),
  el('p', { class: 'hint' }, 'Policies are asked by order, then by name; their rules from top to bottom. The first allow or deny that matches decides; an audit is recorded and the search goes on.'),
  facts([['Judged', number(report.judged, 0)], ['Not judged, as no policy was in force', report.notJudged ? number(report.notJudged, 0) : null],
    ['Delivered again, judged once', report.repeated ? number(report.repeated, 0) : null],
    ['Conditions that failed', report.failedConditions ? number(report.failedConditions, 0) : null],
    ['Policies refused', report.refusedPolicies ? number(report.refusedPolicies, 0) : null], ['Newest change', report.at ? ago(report.at) : null]]),
];

export const show = async (root, params, signal) => {
  const top = el('div', {}, loading('Asking for the report'));
  const counts = panel('Violations', 'Choose a number to see them below.');
  const meaning = panel('What “default deny” means here');
  const rules = panel('Policies', 'Unfold one for its rules, in the order in which they are asked.');
  const newest = panel('Newest violations');
  const where = panel('Where');
  const scans = panel('Images', 'What the newest scan of each found, and what is new since the scan before.');
  const wrong = panel('Troubles with policies');
  fill(root, head('Security', 'What was done to containers and images against the policies, and what scans found.'),
    top, el('div', { class: 'columns wide' }, counts.root, meaning.root), rules.root, newest.root,
    el('div', { class: 'columns wide' }, where.root, scans.root), wrong.root);
  const list = violations(newest, signal);
  const pick = (decision, severity) => {
    list.choose({ decision, severity });
    newest.root.scrollIntoView({ block: 'start' });
  };
  const parts = { policies: policies(rules, (policy) => { list.choose({ policy }); newest.root.scrollIntoView({ block: 'start' }); }),
    places: places(where), images: images(scans), troubles: troubles(wrong) };
  let seen = '';
  let report = null;
  let known = [];
  let found = null;
  const draw = framed(() => {
    const now = JSON.stringify([report, known.length]);
    if (now !== seen) {
      seen = now;
      const grave = report.denied.critical + report.denied.high;
      fill(top, el('div', { class: `banner ${grave ? 'is-bad' : report.policies ? 'is-good' : ''}` }, el('p', { class: 'banner-title' }, el('bdi', {}, short(report.headline, 300)))));
      fill(counts.body, matrix(report, pick));
      fill(meaning.body, defaultDeny(report));
      parts.places(report);
      parts.troubles(report);
    }
    parts.policies(known, report);
    parts.images(found ?? report.images ?? []);
  }, signal);
  const load = async () => {
    try {
      [report, known] = await Promise.all([get('security/report', {}, { signal }), get('policies', { limit: 1000 }, { signal })]);
      list.policies(known.map((each) => each.id));
      draw();
      found = await get('images', { limit: 1000 }, { signal });
      draw();
    } catch (failed) {
      if (!signal.aborted && !report) fill(top, failure(failed, load));
    }
  };
  live.on('hello', load, signal);
  const round = setInterval(() => {
    load();
    list.again();
  }, ROUND);
  signal.addEventListener('abort', () => clearInterval(round));
  await load();
};
