// What a person does to an incident. The server answers at once; the change itself comes with the next event.

import { el, fill, short } from './dom.js';
import { get, post, id } from './api.js';
import { ask, act } from './dialog.js';

const SPANS = [[1800, '30 min'], [3600, '1 h'], [14_400, '4 h'], [28_800, '8 h'], [86_400, '24 h']];
const LONG_SPANS = [[900, '15 min'], ...SPANS, [3 * 86_400, '3 days'], [7 * 86_400, '7 days'], [30 * 86_400, '30 days']];
const way = (incident, verb) => `incidents/${id(incident.id)}/${verb}`;
const why = { name: 'text', label: 'Why', required: true };

/** Keeps a button from being pressed twice, and shows that it works. */
export const working = async (button, doing) => {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true'); // not disabled: that would take the focus away
  try {
    await doing();
  } finally {
    button.removeAttribute('aria-busy');
  }
};

export const acknowledge = (incident, seconds = 3600) =>
  act(() => post(way(incident, 'acknowledge'), { forSeconds: seconds }), `Yours for ${SPANS.find(([s]) => s === seconds)[1]}`);

export const acknowledgeFor = (incident) =>
  ask('Acknowledge', [
    { name: 'forSeconds', label: 'For how long', type: 'select', options: SPANS, value: '3600',
      hint: 'When it ends and nobody has said so again, people are told again.' },
    { name: 'text', label: 'Note (optional)' },
  ], 'Acknowledge', ({ forSeconds, text }) => post(way(incident, 'acknowledge'), { forSeconds: Number(forSeconds), text }));

export const release = (incident) => act(() => post(way(incident, 'release')), 'Released: nobody has it now');

export const note = (incident) =>
  ask('Add a note', [{ name: 'text', label: 'Note', type: 'textarea', required: true, hint: 'It stands in the timeline for everybody.' }],
    'Add', ({ text }) => post(way(incident, 'note'), { text }));

export const setPriority = (incident) =>
  ask('Set the priority', [
    { name: 'priority', label: 'Priority', type: 'select', value: incident.priority,
      options: ['P0', 'P1', 'P2', 'P3'].map((each) => [each, each]) }, why,
  ], 'Set', (said) => post(way(incident, 'priority'), said), { text: 'It then stays as you set it, whatever the signals say.' });

export const resolve = (incident) =>
  ask('Resolve by hand', [why], 'Resolve', (said) => post(way(incident, 'resolve'), said),
    { danger: true, text: 'Tocsin resolves by itself when the signals are well. If they are still bad, it will open again.' });

const REPEATS = [['', 'no'], ['FREQ=DAILY', 'every day'], ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Monday to Friday'], ['FREQ=WEEKLY', 'every week']];
const RECURS_FOR = 365 * 86_400_000; // the server takes a year at most

/** "service!=shop" → {field, glob, negated}; a line without = is sent as it is, for the server to say what is wrong. */
const matcherOf = (line) => {
  const [, field, not, glob] = /^([^=!]*)(!?)=(.*)$/.exec(line) ?? [null, line, '', ''];
  return { field: field.trim(), glob: glob.trim(), negated: not === '!' };
};

/** Text of the form → what the API takes. */
const silenceOf = ({ matchers, reason, forSeconds, maintenance, again, startsAt }, preview) => {
  const from = startsAt ? new Date(startsAt) : null;
  const said = {
    matchers: matchers.split('\n').map((line) => line.trim()).filter(Boolean).map(matcherOf),
    reason: reason || (preview ? 'preview' : ''),
    maintenance: maintenance === 'yes',
    ...(from ? { startsAt: from.toISOString() } : {}),
  };
  if (!again) return { ...said, endsAt: new Date((from?.getTime() ?? Date.now()) + Number(forSeconds) * 1000).toISOString() };
  const begin = from ?? new Date();
  return { ...said, startsAt: begin.toISOString(), endsAt: new Date(begin.getTime() + RECURS_FOR).toISOString(),
    recurrence: { rule: again, durationSeconds: Number(forSeconds), zone: Intl.DateTimeFormat().resolvedOptions().timeZone } };
};

const previewed = (seen) => {
  if (seen.problems.length) return el('ul', { class: 'form-error' }, seen.problems.map((line) => el('li', {}, short(line, 300))));
  return [
    el('p', {}, `Now it would hide ${seen.incidents.length} of ${seen.openIncidents} open incidents, and match ${seen.alerts} of the newest ${seen.alertsSeen} alerts.`),
    el('ul', { class: 'small' }, seen.incidents.slice(0, 6).map((line) => el('li', { dir: 'auto' }, short(line, 140))),
      seen.incidents.length > 6 ? el('li', {}, `and ${seen.incidents.length - 6} more`) : null),
  ];
};

/** Asks for a silence, showing what it would hide before it does; `planned` asks for begin and repetition, too. */
export const silence = (matchers = [], planned = false) => {
  const below = el('div', { class: 'preview', 'aria-live': 'polite' });
  let later;
  const changed = (said) => {
    clearTimeout(later);
    if (!said.matchers.trim()) {
      fill(below);
      return;
    }
    later = setTimeout(async () => {
      try {
        fill(below, previewed(await post('silences/preview', silenceOf(said, true))));
      } catch (failed) {
        fill(below, el('p', { class: 'form-error' }, short(failed.message, 400)));
      }
    }, 250);
  };
  return ask('Silence', [
    { name: 'matchers', label: 'What, one field a line; all have to match', type: 'textarea', required: true, value: matchers.join('\n'),
      hint: 'rule, resource, service, kind, tier, layer, signal, priority or label.NAME; != negates, * stands for any text' },
    { name: 'reason', label: 'Why', required: true },
    { name: 'forSeconds', label: planned ? 'For how long, each time' : 'For how long', type: 'select', options: LONG_SPANS, value: '3600' },
    { name: 'maintenance', label: 'Is it planned work?', type: 'select', options: [['no', 'no'], ['yes', 'yes: the clocks of promises stand still']] },
    ...(planned ? [
      { name: 'startsAt', label: 'Begins (empty: now)', type: 'datetime-local' },
      { name: 'again', label: 'Comes again, for a year', type: 'select', options: REPEATS },
    ] : []),
  ], 'Silence', (said) => post('silences', silenceOf(said)), { below, changed });
};

export const silenceIncident = (incident) => silence([`resource=${incident.resource}`, `rule=${incident.rule}`]);

/** What is known of the healing plans of an incident, newest first. */
export const plansOf = (incidentId) => get('heal/plans', { incident: incidentId });

export const approve = (plan) =>
  ask(`Approve ${short(plan.action, 60)}?`, [{ name: 'text', label: 'Why (optional)' }], 'Approve and run it',
    (said) => post(`heal/plans/${id(plan.plan)}/approve`, said),
    { danger: true, text: `It runs on ${short(plan.target, 120)} at once, and the health signal is checked afterwards.` });

export const reject = (plan) =>
  ask(`Reject ${short(plan.action, 60)}?`, [why], 'Reject', (said) => post(`heal/plans/${id(plan.plan)}/reject`, said));
