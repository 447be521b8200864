// Where workloads belong, by what criteria, and in which waves they would move.

import { el, empty, fill, resourceLink, short } from '../lib/dom.js';
import { percent, word } from '../lib/format.js';
import { stateBadge } from '../lib/work.js';

const VERDICTS = ['CONTAINER', 'VM', 'HYBRID', 'INSUFFICIENT_DATA'];
const STYLE = { CONTAINER: 'P3', VM: 'OK', HYBRID: 'P1', INSUFFICIENT_DATA: 'UNKNOWN' };
const MOST = 60;

const score = (value, other) => el('span', { class: value > other ? 'score is-more' : 'score' }, value === null || value === undefined ? '–' : value.toFixed(2));

const matrix = (choice) =>
  el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Criteria of ${short(choice.id, 60)}` }, el('table', { class: 'work' },
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Criterion'), ['Weight', 'VM', 'Container'].map((each) => el('th', { scope: 'col', class: 'number' }, each)),
      el('th', { scope: 'col' }, 'From'), el('th', { scope: 'col' }, 'Why'))),
    el('tbody', {}, choice.scores.map((each) => el('tr', {}, el('td', {}, word(each.criterion)), el('td', { class: 'number' }, String(each.weight)),
      el('td', { class: 'number' }, score(each.vm, each.container)), el('td', { class: 'number' }, score(each.container, each.vm)),
      el('td', {}, each.measured ?? each.isMeasured ? 'measured' : 'judged'), el('td', { class: 'min small' }, el('bdi', {}, short(each.reason, 240))))))));

const row = (choice) => {
  const inside = el('div', { class: 'fold-body' });
  const known = choice.verdict !== 'INSUFFICIENT_DATA';
  const root = el('details', {}, el('summary', {},
    el('span', { class: 'row' }, el('bdi', { class: 'strong' }, short(choice.id, 70)), el('span', { class: 'soft' }, `runs in ${word(choice.runsIn)}, belongs in`), stateBadge(choice.verdict, STYLE[choice.verdict]),
      known ? el('span', { class: 'small' }, 'VM ', score(choice.vm, choice.container), ' · container ', score(choice.container, choice.vm), ` · ${percent(100 * (choice.measured ?? 0), 0)} measured`) : null),
    el('span', { class: 'small soft' }, el('bdi', {}, short(choice.reason, 200)))), inside);
  root.addEventListener('toggle', () => {
    if (root.open && !inside.firstChild) fill(inside, el('p', {}, resourceLink(choice.id)), choice.scores?.length ? matrix(choice) : el('p', { class: 'hint' }, 'Nothing was scored.'));
  });
  return root;
};

const waves = (moves) =>
  el('div', {}, el('h3', { class: 'spaced' }, 'Migration, least risk first'), el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Migration plan' },
    el('table', { class: 'work' }, el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 'number' }, 'Wave'), ['Workload', 'Path', 'Why', 'Risks'].map((each) => el('th', { scope: 'col' }, each)))),
      el('tbody', {}, moves.slice(0, MOST).map((move) => el('tr', {}, el('td', { class: 'number' }, String(move.wave)), el('td', { class: 'min' }, resourceLink(move.id)), el('td', {}, word(move.path)),
        el('td', { class: 'min' }, el('bdi', {}, short(move.why, 160))),
        el('td', { class: 'min small' }, (move.risks ?? []).map((risk) => el('p', {}, el('strong', {}, `${word(risk.category)}: `), short(risk.what, 160),
          ` (${word(risk.likelihood)} likelihood, ${word(risk.impact)} impact). `, el('span', { class: 'soft' }, short(risk.mitigation, 160)))))))))));

/** Draws choices and the plan to get there. */
export const choices = (host, answer) => {
  const all = Array.isArray(answer) ? answer : answer.choices ?? [];
  if (!all.length) {
    fill(host, empty('No workload can be judged yet.', 'VMs and containers with a week of history are compared here.'));
    return;
  }
  const rank = (each) => (each.verdict === 'INSUFFICIENT_DATA' ? 1 : 0);
  fill(host,
    el('p', { class: 'row' }, VERDICTS.map((verdict) => [verdict, all.filter((each) => each.verdict === verdict).length]).filter(([, count]) => count)
      .map(([verdict, count]) => el('span', {}, el('strong', {}, String(count)), ` ${word(verdict)}`))),
    el('div', { class: 'folds' }, [...all].sort((a, b) => rank(a) - rank(b)).slice(0, MOST).map(row)),
    all.length > MOST ? el('p', { class: 'hint' }, `and ${all.length - MOST} more; the whole report has them`) : null,
    all.some((each) => each.verdict === 'INSUFFICIENT_DATA') ? el('p', { class: 'hint' }, 'Insufficient data: less than a week of measurements; nobody should decide on that.') : null,
    answer.moves?.length ? waves(answer.moves) : null);
};
