// The next step: what whoever opens the page at three in the morning should do now, the most useful first.

import { el, short, incidentHref, resourceLink } from './dom.js';
import { at, timed } from './time.js';
import { copyable } from './copy.js';
import { decide, runbook } from './remedies.js';
import { isOpen } from './open.js';
import { lasted } from './incident.js';

const RUNNING = new Set(['INTENT', 'EXECUTED', 'COMPENSATING']);

/** The newest word on each plan. */
export const newestOfEach = (plans) => {
  const found = new Map();
  for (const plan of plans) if (!found.has(plan.plan) || found.get(plan.plan).at < plan.at) found.set(plan.plan, plan);
  return [...found.values()];
};

const of = (plan) => [el('strong', { class: 'mono' }, short(plan.action, 60)), ' on ', resourceLink(plan.target)];

/** Lines of advice; what is known of remedies, plans and healing may not be there yet. */
export const nextSteps = (incident, { remedies, plans, heal }, takeIt) => {
  if (incident.mergedInto) return [el('p', {}, 'It is part of ', el('a', { href: incidentHref(incident.mergedInto) }, 'another incident'), ': work on that one.')];
  if (!isOpen(incident)) {
    return [el('p', {}, incident.resolvedAt ? ['It is over since ', at(incident.resolvedAt), ` and lasted ${lasted(incident)}.`] : 'It is over.'),
      el('p', { class: 'soft' }, 'Below is what was done; a note helps whoever has it next time.')];
  }
  const now = newestOfEach(plans);
  const waiting = now.filter((plan) => plan.outcome === 'AWAITING_APPROVAL');
  const running = now.filter((plan) => RUNNING.has(plan.outcome));
  const commands = (remedies?.bottlenecks ?? []).flatMap((each) => each.advice ?? []).filter((each) => each.command);
  const first = commands.find((each) => /^none\b/i.test(each.risk ?? '')) ?? commands[0]; // looking comes before changing
  return [
    waiting.map((plan) => el('div', { class: 'waiting-plan' }, el('p', {}, 'A plan waits for you: ', of(plan)), el('p', { class: 'small soft', dir: 'auto' }, timed(plan.reason, 300)), decide(plan))),
    running.map((plan) => el('p', {}, 'Tocsin is at it: ', of(plan), plan.outcome === 'EXECUTED' ? ' has run and is being checked.' : ' runs.')),
    heal?.paused ? el('p', {}, 'Healing is paused by ', el('bdi', {}, short(heal.paused.by, 60)), ', so Tocsin does nothing by itself: ', el('bdi', {}, short(heal.paused.reason, 200))) : null,
    !incident.acknowledgement && incident.state === 'OPEN' && takeIt ? el('p', {}, 'Nobody has it. Take it, so that the others know: ', takeIt) : null,
    incident.runbook ?? remedies?.runbook ? el('p', {}, 'Read the runbook: ', runbook(incident.runbook ?? remedies.runbook)) : null,
    first ? el('div', {}, el('p', { dir: 'auto' }, `${short(first.title, 120)}:`), copyable(first.command)) : null,
    incident.flapping ? el('p', {}, 'Its signals come and go. They are held until they settle, so that nobody is told of each turn.') : null,
    incident.stale ? el('p', {}, 'Its signals have stopped: look whether its collector runs.') : null,
    incident.state === 'MITIGATED' ? el('p', {}, 'The effect is over. Tocsin watches whether it stays so, and then resolves it.') : null,
    el('p', {}, 'Look at the cause: ', resourceLink(incident.alerts?.[0]?.resource ?? incident.resource)),
  ].flat().filter(Boolean);
};
