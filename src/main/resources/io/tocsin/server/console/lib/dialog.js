// Asks people before something is done, and tells them what came of it.

import { el } from './dom.js';

/** A short word at the edge of the page; an error stays until it is closed. */
export const toast = (text, isError = false) => {
  const note = el('div', { class: isError ? 'toast is-error' : 'toast' }, text,
    el('button', { class: 'quiet', 'aria-label': 'Close', on: { click: () => note.remove() } }, '×'));
  document.getElementById('toasts').append(note);
  if (!isError) setTimeout(() => note.remove(), 5000);
};

/**
 * Asks with a form. `fields` is [{name, label, type: 'text|number|select|textarea', options, value, required, hint}].
 * `action` gets the answers; what it throws is shown and the form stays. `below` stands under the fields; `changed` hears
 * of the answers at first and on each change. Answers whether it was done.
 */
export const ask = (title, fields, button, action, { danger = false, text, below, changed } = {}) =>
  new Promise((done) => {
    const inputs = new Map();
    const wrong = el('p', { class: 'form-error', role: 'alert' });
    const labels = fields.map((field) => {
      const common = { name: field.name, id: `ask-${field.name}`, required: field.required, maxlength: 2000 };
      const input = field.type === 'select'
        ? el('select', common, field.options.map(([value, label]) => el('option', { value }, label)))
        : el(field.type === 'textarea' ? 'textarea' : 'input', { ...common, type: field.type ?? 'text' });
      if (field.value !== undefined) input.value = field.value;
      inputs.set(field.name, input);
      return el('div', { class: 'field' }, el('label', { for: `ask-${field.name}` }, field.label), input,
        field.hint ? el('p', { class: 'hint' }, field.hint) : null);
    });
    const answers = () => Object.fromEntries([...inputs].map(([name, input]) => [name, input.value]));
    const submit = el('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, button);
    const dialog = el('dialog', { 'aria-labelledby': 'ask-title' });
    const close = (answer) => {
      dialog.close();
      dialog.remove();
      done(answer);
    };
    const form = el('form', { on: { submit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      try {
        await action(answers());
        close(true);
      } catch (failed) {
        wrong.textContent = [failed.message, ...(failed.problems ?? [])].join('; ');
        submit.disabled = false;
      }
    }, input: () => changed?.(answers()) } },
      el('h2', { id: 'ask-title' }, title), text ? el('p', {}, text) : null, labels, below, wrong,
      el('div', { class: 'buttons' }, submit, el('button', { type: 'button', on: { click: () => close(false) } }, 'Cancel')));
    dialog.append(form);
    dialog.addEventListener('cancel', () => close(false));
    const before = document.activeElement;
    dialog.addEventListener('close', () => before?.isConnected && before.focus({ preventScroll: true }));
    document.body.append(dialog);
    dialog.showModal();
    (inputs.size ? form.querySelector('input, select, textarea') : submit).focus();
    changed?.(answers());
  });

/** Does something at once; tells what came of it. */
export const act = async (doing, doneText) => {
  try {
    await doing();
    toast(doneText);
    return true;
  } catch (failed) {
    toast([failed.message, ...(failed.problems ?? [])].join('; '), true);
    return false;
  }
};
