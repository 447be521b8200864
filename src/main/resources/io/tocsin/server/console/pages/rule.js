// One rule: its text, what it comes to, when it fired, and what another text would have done.

import { get, id, post, remove } from '../lib/api.js';
import { badge, el, empty, failure, fill, short } from '../lib/dom.js';
import { ask } from '../lib/dialog.js';
import * as live from '../lib/live.js';
import * as session from '../lib/session.js';
import { setPage } from '../lib/standing.js';
import { ago, at, span } from '../lib/time.js';
import { facts, head, loading, panel } from '../lib/work.js';
import { backtest } from '../parts/backtest.js';
import { editor } from '../parts/editor.js';
import { firings } from '../parts/firings.js';
import { asFile, layerOf, placed, ruleHref, signalOf, stateOf } from '../parts/ruletext.js';
import { ruletests } from '../parts/ruletests.js';

export const title = 'Rule';

const STATES = { refused: ['refused', 'is-DOWN'], shadow: ['shadow', 'is-P3'], live: ['in force', 'is-OK'], waiting: ['not heard of yet', ''] };

const problems = (all, go) =>
  el('ul', { class: 'problems' }, all.map(placed).map(({ file, line, column, text }) =>
    el('li', {}, line ? el('button', { class: 'quiet mono', on: { click: () => go(line, column) } }, `line ${line}${column ? `, column ${column}` : ''}`) : null,
      ' ', el('bdi', {}, short(text, 400)), file ? el('span', { class: 'soft small' }, ` (${short(file, 80)})`) : null)));

/** Problems of the topic's text count lines of the file it came from; the editor has one rule only. */
const moved = (rule, all) => all.map(placed).map((each) =>
  (each.file && each.line && rule.line ? { ...each, line: Math.max(1, each.line - rule.line + 2), column: /^ {4}\S/.test(rule.text) ? each.column : undefined } : each));

const status = (rule, go) => {
  const [name, style] = STATES[stateOf(rule)];
  const bad = rule.problems ?? [];
  return [
    el('div', { class: 'row' }, el('span', { class: `badge ${style}` }, name),
      rule.firing ? badge(`${rule.firing} firing now`, 'P1') : badge('quiet'),
      el('span', { class: 'soft' }, `${signalOf(rule)} · ${layerOf(rule)}`)),
    bad.length ? el('div', { class: 'banner is-bad' }, el('div', {},
      el('p', { class: 'banner-title' }, rule.inForce ? 'The newest text was refused; the version before stays in force.' : 'The text was refused; nothing judges by it.'),
      problems(moved(rule, bad), go))) : null,
    facts([['Version', el('span', { class: 'mono' }, short(rule.version, 20))],
      ['Judged by', rule.inForce && rule.inForce !== rule.version ? el('span', { class: 'mono' }, short(rule.inForce, 20)) : null],
      ['From', rule.file ? el('bdi', {}, `${short(rule.file, 120)}${rule.line ? `, line ${rule.line}` : ''}`) : null],
      ['Changed', rule.at ? [at(rule.at), ' (', ago(rule.at), ') by ', el('bdi', {}, short(rule.by, 60))] : null]]),
  ];
};

/** forSeconds → "for seconds". */
const spaced = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What is empty matches all and is left out. */
const plain = (value) => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value).map(([name, each]) => [name, plain(each)]).filter(([, each]) => each !== '').map(([name, each]) => `${spaced(name)}: ${each}`).join('; ');
};

const effective = (rule) => {
  const of = rule.effective;
  if (!of) return empty('Nothing is in force.', 'What the keys come to is shown once a version was taken.');
  return facts(Object.entries(of).filter(([, value]) => plain(value) !== '').map(([name, value]) =>
    [spaced(name).replace(/ seconds$/, ''), el('bdi', { class: 'mono' }, short(/Seconds$/.test(name) ? span(value * 1000) : plain(value), 400))]));
};

const shadow = (found) => {
  const all = found.both + found.onlyLive + found.onlyShadow;
  const part = (count, what, style) => el('div', { class: `share ${style}` }, el('strong', {}, String(count)), ` ${what}`);
  return [
    el('p', {}, 'Compared with ', el('a', { href: ruleHref(found.live) }, short(found.live, 80)), ' since ', at(found.since), '. It pages nobody and heals nothing.'),
    el('div', { class: 'shares' }, part(found.both, 'episodes of both', 'is-both'), part(found.onlyLive, 'only of the live one', 'is-live'), part(found.onlyShadow, 'only of this one', 'is-shadow')),
    all ? el('progress', { max: all, value: found.both, 'aria-label': `${found.both} of ${all} episodes are the same` }) : null,
    found.latest?.length ? el('div', {}, el('h3', {}, 'Newest differences'), el('ul', { class: 'lines' }, found.latest.map((line) => el('li', {}, el('bdi', {}, short(line, 240))))))
      : el('p', { class: 'hint' }, 'No difference yet.'),
  ];
};

export const show = async (root, [name], signal) => {
  setPage(short(name, 60));
  const heading = el('div');
  const top = el('div', { class: 'panel lines-apart' }, loading('Asking for the rule'));
  fill(root, heading, top);
  fill(heading, head(short(name, 100), el('a', { href: '#/rules' }, '← all rules')));
  let rule = null;
  const text = panel('Text', 'Changes stay in this page until they are applied.');
  const values = panel('What it comes to', 'With all that was left out.');
  const tests = panel('Tests', 'Series over time, and what has to come of them.');
  const fired = panel('Alerts', 'Newest first.');
  const compared = panel('Shadow', 'How it differs from the live rule.');
  const past = panel('Backtest', 'What the text in the editor would have done.');
  const outcome = el('div', { class: 'outcome', role: 'status' });
  const stale = el('p', { class: 'hint' });
  let field = null;
  const drawFirings = firings(fired);

  const busy = async (button, doing) => {
    button.disabled = true;
    fill(outcome, loading('Working'));
    try {
      fill(outcome, await doing());
    } catch (failed) {
      const bad = failed.problems ?? [];
      field.mark(bad.map(placed).map((each) => each.line).filter(Boolean));
      fill(outcome, failure(failed), bad.length ? problems(bad, field.go) : null);
    }
    button.disabled = false;
  };
  const check = async () => {
    const answer = await post('rules/check', { text: field.text() });
    field.mark((answer.problems ?? []).map((each) => placed(each).line));
    return answer.problems?.length
      ? [el('p', { class: 'form-error' }, `${answer.problems.length} problem(s):`), problems(answer.problems, field.go)]
      : el('p', { class: 'good-line' }, `✓ It can be used: ${short((answer.rules ?? []).join(', '), 200)}`);
  };
  const apply = () => ask('Apply this text', [], 'Apply', async () => {
    await post('rules', { text: field.text() });
    fill(outcome, el('p', { class: 'good-line' }, 'Sent; the job takes it within seconds, and this page tells.'));
  }, { danger: true, text: 'It judges from the next observation on. A text that cannot be used is refused and the version before stays in force.' });
  const drop = () => ask('Remove this rule', [], 'Remove', async () => {
    await remove(`rules/${id(name)}`);
    location.hash = '#/rules';
  }, { danger: true, text: `${short(name, 80)} stops judging; its alerts end. A rule of a file comes back when Tocsin starts again.` });

  const build = () => {
    field = editor('Text of the rule, YAML', asFile(rule.text), () => { stale.textContent = 'Edited: not applied.'; });
    const operator = session.may('OPERATOR');
    fill(text.body, field.root, stale, el('div', { class: 'buttons' },
      el('button', { class: 'primary', on: { click: (event) => busy(event.target, check) } }, 'Check'),
      el('button', { on: { click: () => { field.set(asFile(rule.text)); stale.textContent = ''; fill(outcome); } } }, 'Undo changes'),
      operator ? el('button', { on: { click: apply } }, 'Apply …') : null,
      operator ? el('button', { on: { click: drop } }, 'Remove …') : null),
    operator ? null : el('p', { class: 'hint' }, 'Applying needs the role operator; checking and backtests do not.'), outcome);
    ruletests(tests, rule, () => field.text());
    backtest(past.body, () => field.text(), signal);
    fill(root, heading, top, el('div', { class: 'columns wide' }, text.root, el('div', { class: 'lines-apart' }, values.root, tests.root)), fired.root, compared.root, past.root);
  };
  const draw = (now) => {
    const first = rule === null;
    const same = !first && field.text() === asFile(rule.text);
    if (!first && now.version !== rule.version) {
      if (same) field.set(asFile(now.text));
      else if (field.text().trim() === asFile(now.text).trim()) stale.textContent = ''; // it was applied here
      else stale.textContent = 'The rule was changed meanwhile; what you have written stays here.';
    }
    rule = now;
    if (first) build();
    fill(top, status(rule, field.go));
    fill(values.body, effective(rule));
    const difference = rule.comparison ?? rule.shadow;
    compared.root.hidden = !difference || typeof difference !== 'object';
    if (!compared.root.hidden) fill(compared.body, shadow(difference));
  };
  const load = async () => {
    try {
      draw(await get(`rules/${id(name)}`, {}, { signal }));
      drawFirings(await get(`rules/${id(name)}/firings`, {}, { signal }));
    } catch (failed) {
      if (signal.aborted) return;
      if (!rule) fill(top, failure(failed, load));
      else fill(fired.body, failure(failed, load));
    }
  };
  let soon;
  const later = () => { soon ??= setTimeout(() => { soon = undefined; load(); }, 1000); };
  live.on('rule', (event) => { if (!event?.name || event.name === name) later(); }, signal);
  live.on('incident', (incident) => { if (incident.rule === name) later(); }, signal);
  live.on('hello', load, signal);
  signal.addEventListener('abort', () => clearTimeout(soon));
  await load();
};
