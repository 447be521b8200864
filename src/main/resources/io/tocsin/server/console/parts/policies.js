// Policies with their counts, places of violations, findings of images.

import { badge, el, empty, fill, resourceLink, short } from '../lib/dom.js';
import { number, word } from '../lib/format.js';
import { ago, at } from '../lib/time.js';
import { keyed, stateBadge, table } from '../lib/work.js';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const MOST_PLACES = 20;
const MOST_FINDINGS = 6;

const total = (totals) => SEVERITIES.reduce((all, each) => all + (totals?.[each] ?? 0), 0);

/** Counts by severity in a row, the worst first; zeros are left out. */
const tally = (totals) => {
  const some = SEVERITIES.filter((each) => totals?.[each]);
  return some.length ? el('span', { class: 'row tight' }, some.map((each) =>
    el('span', { class: `is-${each.toUpperCase()} small` }, el('strong', {}, number(totals[each], 0)), ` ${each}`))) : el('span', { class: 'soft' }, 'none');
};

const ruleTable = (policy) =>
  el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Rules of ${short(policy.id, 60)}` }, el('table', { class: 'work' },
    el('thead', {}, el('tr', {}, ['Rule', 'Decision', 'Resource', 'Action', 'Condition', 'Severity'].map((each) => el('th', { scope: 'col' }, each)))),
    el('tbody', {}, policy.rules.map((rule) => el('tr', {}, el('td', {}, el('bdi', {}, short(rule.name, 80))), el('td', {}, stateBadge(rule.effect)),
      el('td', {}, el('bdi', { class: 'mono' }, short(rule.resource, 80))), el('td', {}, el('bdi', { class: 'mono' }, short(rule.action, 60))),
      el('td', { class: 'min' }, rule.condition ? el('bdi', { class: 'mono' }, short(rule.condition, 300)) : el('span', { class: 'soft' }, 'always')),
      el('td', {}, rule.severity ? word(rule.severity) : el('span', { class: 'soft' }, 'of the action')))))));

/** Every policy as something that unfolds; in the end what no rule decided. */
export const policies = (panel, pick) => {
  const list = el('div', { class: 'folds' });
  const none = empty('No policy was applied, so nothing is judged.', 'Begin with the one that comes with Tocsin: tocsin policies apply deploy/policies/default.yaml');
  fill(panel.body, none, list);
  const draw = keyed(list, (each) => each.id, (first) => {
    const summary = el('summary');
    const rules = el('div', { class: 'fold-body' });
    const root = el('details', {}, summary, rules);
    let seen = '';
    const update = (policy) => {
      const now = JSON.stringify(policy);
      if (now === seen) return;
      seen = now;
      const kinds = ['ALLOW', 'DENY', 'AUDIT'].map((effect) => [effect, policy.rules.filter((rule) => rule.effect === effect).length]).filter(([, count]) => count);
      fill(summary, el('span', { class: 'row' }, el('bdi', { class: 'strong' }, short(policy.id, 80)),
        policy.isDefault ? null : policy.enabled ? badge('in force') : badge('not enabled', 'P2'),
        kinds.map(([effect, count]) => el('span', { class: `small is-${effect}` }, `${count} ${word(effect)}`)),
        el('span', { class: 'soft small' }, policy.isDefault ? '' : `order ${policy.order}, version ${policy.version}`)),
      el('span', { class: 'row small' }, 'Violations: ', tally(policy.totals), policy.latestAt ? ['· newest ', ago(policy.latestAt)] : null));
      fill(rules, policy.description ? el('p', {}, el('bdi', {}, short(policy.description, 400))) : null, policy.rules.length ? ruleTable(policy) : null,
        policy.isDefault ? null : el('p', { class: 'buttons spaced' }, el('button', { on: { click: () => pick(policy.id) } }, 'Its violations')));
    };
    update(first);
    return { root, update };
  });
  return (known, report) => {
    const counted = new Map((report.byPolicy?.entries ?? []).map((each) => [each.name, each]));
    none.hidden = known.length > 0;
    panel.count(known.length || null);
    const all = [...known].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
      .map((each) => ({ ...each, totals: counted.get(each.id)?.totals, latestAt: counted.get(each.id)?.latestAt }));
    const rest = counted.get('(default deny)');
    if (rest || known.length) {
      all.push({ id: '(default deny)', isDefault: true, rules: [], description: 'What no rule of any policy allowed, denied or knew.', totals: rest?.totals, latestAt: rest?.latestAt });
    }
    draw(all);
  };
};

/** Resources with the most violations. */
export const places = (panel) => {
  const shown = table('Violations by resource', [
    { name: 'Resource', cls: 'min', cell: (each) => resourceLink(each.name) },
    { name: 'Violations', cell: (each) => tally(each.totals) },
    { name: 'Newest', cls: 'line', cell: (each) => ago(each.latestAt) },
  ], (each) => each.name, { most: MOST_PLACES });
  return (report) => {
    const entries = [...(report.byContainer?.entries ?? [])].sort((a, b) =>
      b.totals.critical - a.totals.critical || b.totals.high - a.totals.high || total(b.totals) - total(a.totals));
    panel.count(entries.length || null);
    if (!entries.length) {
      fill(panel.body, empty('Nothing was done against a policy.', null));
      return;
    }
    const others = total(report.byContainer.others);
    fill(panel.body, shown.root, others ? el('p', { class: 'hint' }, `and ${number(others, 0)} on others that found no place here`) : null);
    shown.show(entries);
  };
};

const findings = (each) => {
  const names = (each.newFindings ?? []).map((one) => (typeof one === 'string' ? one : one.name));
  return names.length ? el('bdi', { class: 'small mono' }, short(names.slice(0, MOST_FINDINGS).join(', '), 240), names.length > MOST_FINDINGS ? ` and ${names.length - MOST_FINDINGS} more` : '') : '';
};

/** Scans, those with new grave findings first. */
export const images = (panel) => {
  const shown = table('Images', [
    { name: 'Image', cls: 'min', cell: (each) => el('bdi', { class: 'strong' }, short(each.image, 120)) },
    { name: 'New', cell: (each) => tally({ critical: each.newCritical, high: each.newHigh }) },
    { name: 'In all', cell: (each) => (each.totals ? tally(each.totals) : '–') },
    { name: 'Fixed', number: true, cell: (each) => (each.fixed === null || each.fixed === undefined ? el('span', { class: 'soft' }, 'not known') : number(each.fixed, 0)) },
    { name: 'Scanned', cls: 'line', sig: (each) => each.scannedAt, cell: (each) => [ago(each.scannedAt), each.previousScanAt ? null : el('span', { class: 'soft small' }, ' first scan')] },
    { name: 'New findings', cls: 'min', cell: findings },
  ], (each) => each.image, { most: 20 });
  return (all) => {
    panel.count(all.length || null);
    if (!all.length) {
      fill(panel.body, empty('No scan of an image was seen.', 'Give the collector the reports of a scanner: see “images” under security in the configuration.'));
      return;
    }
    if (!panel.body.contains(shown.root)) fill(panel.body, shown.root);
    shown.show([...all].sort((a, b) => b.newCritical - a.newCritical || b.newHigh - a.newHigh || (a.scannedAt < b.scannedAt ? 1 : -1)));
  };
};

/** Policies that were refused, and conditions that failed. */
export const troubles = (panel) => (report) => {
  const all = report.troubles ?? [];
  panel.root.hidden = !all.length;
  panel.count(all.length || null);
  fill(panel.body, el('ul', { class: 'lines' }, all.map((each) => el('li', {}, at(each.at), ' ', el('bdi', { class: 'strong' }, short(each.policy, 80)), ': ',
    el('bdi', {}, short(each.problem, 400))))));
};
