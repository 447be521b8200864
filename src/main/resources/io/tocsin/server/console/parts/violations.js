// The newest violations, with filters.

import { get } from '../lib/api.js';
import { el, empty, failure, fill, resourceLink, short } from '../lib/dom.js';
import { ago } from '../lib/time.js';
import { asked, filter, remember, stateBadge, table } from '../lib/work.js';

const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

const COLUMNS = [
  { name: 'When', cls: 'line', sig: (each) => each.at, cell: (each) => ago(each.at) },
  { name: 'Severity', cell: (each) => stateBadge(each.severity) },
  { name: 'Decision', cell: (each) => stateBadge(each.effect ?? each.decision) },
  { name: 'Done', cell: (each) => el('bdi', {}, short(each.action, 60)) },
  { name: 'To', cls: 'min', cell: (each) => resourceLink(each.resource ?? each.resourceId ?? '') },
  { name: 'Image', cls: 'min', cell: (each) => (each.image ? el('bdi', { class: 'small' }, short(each.image, 100)) : '–') },
  { name: 'Decided by', cls: 'min', cell: (each) => (each.policy ? el('bdi', {}, short(`${each.policy} / ${each.rule ?? '?'}`, 120)) : el('span', { class: 'soft' }, 'default deny')) },
  { name: 'Why', cls: 'min', cell: (each) => el('bdi', { class: 'small' }, short(each.reason, 240)) },
];

/** Answers {choose(some of policy, decision, severity), policies(ids), again()}. */
export const violations = (panel, signal) => {
  const wanted = Object.fromEntries(['policy', 'decision', 'severity', 'resource'].map((key) => [key, asked().get(key) ?? '']));
  const shown = table('Violations', COLUMNS, (each) => each.id, { most: 25 });
  const controls = el('div', { class: 'filters' });
  const place = el('div', { class: 'spaced' });
  let ids = [];
  let turn = 0;
  fill(panel.body, controls, place);
  const load = async () => {
    const mine = ++turn; // a slow answer must not overwrite a newer one
    try {
      const { policy, decision, resource } = wanted;
      const all = await get('violations', { policy, decision, resource, limit: 1000 }, { signal });
      if (mine !== turn) return;
      const some = all.filter((each) => !wanted.severity || each.severity === wanted.severity);
      panel.count(some.length || null);
      if (!some.length) {
        fill(place, Object.values(wanted).some(Boolean) ? empty('No violation is like that.', 'Take a filter away.') : empty('No violation was seen.', 'What is allowed by a rule is none; see the policies above.'));
        return;
      }
      if (!place.contains(shown.root)) fill(place, shown.root);
      shown.show(some);
    } catch (failed) {
      if (!signal.aborted) fill(place, failure(failed, load));
    }
  };
  let soon;
  const set = (key) => (value) => {
    wanted[key] = value;
    remember(wanted);
    clearTimeout(soon);
    soon = setTimeout(load, key === 'resource' ? 300 : 0);
  };
  const draw = () => {
    const resource = filter('Resource', set('resource'), { value: wanted.resource, placeholder: 'its whole id, such as container/web-1.shop' });
    resource.classList.add('grows');
    fill(controls,
      filter('Policy', set('policy'), { value: wanted.policy, options: [['', 'all policies'], ...ids.map((each) => [each, short(each, 60)])] }),
      filter('Decision', set('decision'), { value: wanted.decision, options: [['', 'all decisions'], ['DENY', 'denied'], ['AUDIT', 'recorded']] }),
      filter('Severity', set('severity'), { value: wanted.severity, options: [['', 'all severities'], ...SEVERITIES.map((each) => [each, each.toLowerCase()])] }),
      resource);
  };
  draw();
  load();
  return {
    again: load,
    policies: (now) => {
      if (JSON.stringify(now) === JSON.stringify(ids)) return;
      ids = now;
      draw();
    },
    choose: (some) => {
      Object.assign(wanted, { policy: '', decision: '', severity: '' }, some);
      remember(wanted);
      draw();
      load();
    },
  };
};
