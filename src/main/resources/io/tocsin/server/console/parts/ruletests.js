// Tests of a rule: those it has, and such as are written here.

import { post } from '../lib/api.js';
import { el, empty, failure, fill, short } from '../lib/dom.js';
import { loading } from '../lib/work.js';
import { editor } from './editor.js';
import { placed } from './ruletext.js';

const template = (rule) => `tests:
  - name: what has to come of it
    rules: [${rule.name}]
    input:
      - {signal: efficiency, resource: host/a, fields: {cpu_percent_mean: "10x6 95x20 10x40"}}
    expect:
      - {at: 1m, alerts: []}
`;

const cases = (all) =>
  el('ul', { class: 'cases' }, all.map((each) => {
    const known = each.passed !== null && each.passed !== undefined;
    return el('li', {},
      el('span', { class: `badge ${known ? (each.passed ? 'is-PASSED' : 'is-FAILED') : ''}` }, known ? (each.passed ? 'passed' : 'failed') : 'not run'),
      ' ', el('bdi', {}, short(each.name, 240)),
      each.problems?.length ? el('ul', { class: 'lines' }, each.problems.map((problem) => el('li', {}, el('bdi', {}, short(String(problem), 300))))) : null);
  }));

/** Fills the panel; `text` answers the rules that are to be tested. */
export const ruletests = (panel, rule, text) => {
  const own = rule.tests ?? [];
  panel.count(own.length || null);
  const field = editor('Tests, YAML', template(rule), () => {});
  const out = el('div', { role: 'status' });
  const run = el('button', { on: { click: async () => {
    run.disabled = true;
    fill(out, loading('Running'));
    try {
      const answer = await post('rules/test', { rules: text(), tests: field.text() });
      const wrong = (answer.problems ?? []).map(placed);
      fill(out, wrong.length ? el('ul', { class: 'lines' }, wrong.map((each) => el('li', {}, each.line ? `line ${each.line}, column ${each.column}: ` : '', el('bdi', {}, short(each.text, 300))))) : null,
        cases(answer.cases ?? []));
    } catch (failed) {
      fill(out, failure(failed), failed.problems?.length ? el('ul', { class: 'lines' }, failed.problems.map((each) => el('li', {}, short(String(each), 300)))) : null);
    }
    run.disabled = false;
  } } }, 'Run these tests on the text');
  fill(panel.body,
    own.length ? cases(own) : empty('It has no test of its own.', 'Rules that come with Tocsin have theirs in deploy/rules/tests; write one here to try it.'),
    el('details', { class: 'spaced' }, el('summary', {}, 'Write a test'), el('p', { class: 'hint' },
      'A value is 10x6 for six times 10, _ for nothing, 1+2x4 for 1 3 5 7; one value per 10 s.'), field.root, el('div', { class: 'buttons' }, run), out));
};
