// "Why is nobody told?" A rule and a time; the one reason that decided comes back.

import { get } from '../../lib/api.js';
import { el, fill, short } from '../../lib/dom.js';

const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

/** A section with the form, folded until it is asked for. */
export const whyNot = (resource, signal) => {
  const rule = el('select', { id: 'whynot-rule', required: true });
  const time = el('input', { id: 'whynot-at', type: 'datetime-local', step: '1', required: true, value: local(new Date()) });
  const ask = el('button', { type: 'submit' }, 'Ask');
  const answer = el('div', { role: 'status' });
  const form = el('form', { class: 'row', on: { submit: async (event) => {
    event.preventDefault();
    ask.disabled = true;
    fill(answer, el('p', { class: 'soft' }, 'replaying what was heard …'));
    try {
      const { reason, details } = await get('why-not', { rule: rule.value, resource, at: new Date(time.value).toISOString() }, { signal });
      fill(answer, el('p', {}, el('strong', { dir: 'auto' }, short(reason, 600))), el('ul', {}, details.map((line) => el('li', { dir: 'auto' }, short(line, 400)))));
    } catch (failed) {
      fill(answer, el('p', { class: 'form-error', role: 'alert' }, short(failed.message, 400)));
    }
    ask.disabled = false;
  } } }, el('label', { for: 'whynot-rule' }, 'Rule'), rule, el('label', { for: 'whynot-at' }, 'At'), time, ask);
  const root = el('details', { class: 'panel whynot' }, el('summary', {}, 'Why is nobody told?'),
    el('p', { class: 'hint' }, 'A rule said nothing of this resource, or nobody was told: the topics are replayed up to that time, and the one reason that decided is named.'),
    form, answer);
  root.addEventListener('toggle', async () => {
    if (!root.open || rule.options.length) return;
    try {
      const rules = await get('rules', { limit: 1000 }, { signal });
      fill(rule, rules.map((each) => el('option', { value: each.name }, short(each.name, 80))));
      if (!rules.length) fill(answer, el('p', { class: 'soft' }, 'There are no rules; “tocsin rules apply FILE” adds some.'));
      ask.disabled = !rules.length;
    } catch (failed) {
      fill(answer, el('p', { class: 'form-error', role: 'alert' }, short(failed.message, 400)));
    }
  });
  return root;
};
