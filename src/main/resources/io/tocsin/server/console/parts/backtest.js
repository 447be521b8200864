// Tries a text on what was, and tells what it would have done.

import { post } from '../lib/api.js';
import { el, empty, failure, fill, short } from '../lib/dom.js';
import { number, word } from '../lib/format.js';
import { facts } from '../lib/work.js';

const HOUR = 3_600_000;
const MOST = 20;

/** For an input of kind datetime-local, which knows no zone. */
const local = (time) => {
  const when = new Date(time);
  return new Date(when.getTime() - when.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

const counts = (title, of) => {
  const entries = Object.entries(of ?? {}).sort((a, b) => b[1] - a[1]);
  if (!entries.length) return null;
  const most = entries[0][1];
  return el('div', {}, el('h3', {}, title), el('table', { class: 'work' }, el('thead', {}, el('tr', {},
    el('th', { scope: 'col' }, 'Name'), el('th', { scope: 'col', class: 'number' }, 'Incidents'), el('th', { scope: 'col' }, 'Share of the most'))),
  el('tbody', {}, entries.slice(0, MOST).map(([name, count]) => el('tr', {}, el('td', { class: 'min' }, el('bdi', {}, short(name, 80))),
    el('td', { class: 'number' }, number(count, 0)),
    el('td', {}, el('progress', { max: most, value: count, 'aria-label': `${count} of ${short(name, 80)}` })))))),
  entries.length > MOST ? el('p', { class: 'hint' }, `and ${entries.length - MOST} more`) : null);
};

/** Rules that were not tried have incidents, too, which are no difference of this text. */
const namesIn = (text) => [...text.matchAll(/^\s*(?:- )?\{?\s*name:\s*["']?([a-z0-9._-]+)/gm)].map((match) => match[1]);

const result = (report, names) => {
  const pages = report.notifications?.PAGE ?? 0;
  const differences = (report.difference ?? []).filter((line) => names.some((name) => line.includes(` ${name} `)));
  return [
    el('p', { class: 'big-line', role: 'status' }, el('strong', {}, number(report.incidents, 0)), ' incidents and ', el('strong', {}, number(pages, 0)),
      ` pages in ${number(report.days, 2)} days: `, el('strong', {}, number(report.days ? pages / report.days : 0, 2)), ' pages a day.'),
    facts([...Object.entries(report.inputs ?? {}).map(([what, count]) => [`Read: ${what}`, number(count, 0)]),
      ...Object.entries(report.notifications ?? {}).map(([kind, count]) => [`Sent: ${word(kind)}`, number(count, 0)])]),
    el('div', { class: 'columns' }, counts('By rule', report.byRule), counts('By resource', report.byResource)),
    differences.length ? el('div', {}, el('h3', {}, 'Beside what really was'),
      el('ul', { class: 'lines' }, differences.slice(0, MOST).map((line) => el('li', {}, el('bdi', {}, short(line, 240))))),
      differences.length > MOST ? el('p', { class: 'hint' }, `and ${differences.length - MOST} more`) : null)
      : el('p', { class: 'hint' }, 'No difference to the incidents that this rule really had.'),
  ];
};

/** The form; `text` answers what is to be tried. */
export const backtest = (host, text, signal) => {
  const now = Date.now();
  const from = el('input', { type: 'datetime-local', id: 'backtest-from', value: local(now - HOUR), required: true });
  const to = el('input', { type: 'datetime-local', id: 'backtest-to', value: local(now + 60_000), required: true });
  const run = el('button', { type: 'submit', class: 'primary' }, 'Run the backtest');
  const out = el('div', { class: 'backtest-out' }, empty('Nothing was tried yet.',
    'The text in the editor is run by the code that judges in earnest, on the topics as far back as they are kept, a day at most. Nothing is written.'));
  const form = el('form', { class: 'filters', on: { submit: async (event) => {
    event.preventDefault();
    const began = Date.now();
    run.disabled = true;
    const seconds = el('span', {}, '0');
    fill(out, el('p', { role: 'status' }, 'Reading what was and judging it: ', seconds, ' s so far. It may take 25 s; then a shorter time has to be asked for.'),
      el('progress', { 'aria-label': 'backtest under way' }));
    const tick = setInterval(() => { seconds.textContent = String(Math.round((Date.now() - began) / 1000)); }, 1000);
    const done = () => clearInterval(tick);
    signal.addEventListener('abort', done);
    try {
      const tried = text();
      const report = await post('rules/backtest', { rules: tried, from: new Date(from.value).toISOString(), to: new Date(to.value).toISOString() });
      fill(out, result(report, namesIn(tried)), el('p', { class: 'hint' }, `It took ${Math.round((Date.now() - began) / 1000)} s.`));
    } catch (failed) {
      fill(out, failure(failed), failed.problems?.length
        ? el('ul', { class: 'lines' }, failed.problems.map((each) => el('li', {}, el('bdi', {}, short(String(each), 300))))) : null);
    }
    done();
    run.disabled = false;
  } } },
  el('div', { class: 'filter' }, el('label', { for: 'backtest-from' }, 'From'), from),
  el('div', { class: 'filter' }, el('label', { for: 'backtest-to' }, 'To'), to), run);
  fill(host, form, out);
};
