// Says who looks: by a token, or by the organisation's own sign-in.

import { el, fill, short } from '../lib/dom.js';
import { act } from '../lib/dialog.js';
import * as session from '../lib/session.js';

export const title = 'Sign in';

/** Where somebody wanted to go before; only ever a page of this console. */
const goal = () => {
  const wanted = new URLSearchParams(location.hash.split('?')[1] ?? '').get('to') ?? '';
  return wanted.startsWith('#/') && !wanted.startsWith('#/sign-in') ? wanted : '#/';
};

const byToken = () => {
  const input = el('input', { type: 'password', id: 'token', autocomplete: 'current-password', required: true, maxlength: 4000 });
  const wrong = el('p', { class: 'form-error', role: 'alert' });
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Sign in');
  return el('form', { on: { submit: async (event) => {
    event.preventDefault();
    submit.disabled = true;
    wrong.textContent = '';
    try {
      await session.signIn(input.value.trim());
      location.hash = goal();
    } catch (failed) {
      wrong.textContent = short(failed.message, 400);
      input.select();
    }
    submit.disabled = false;
  } } },
    // what password managers keep the token under
    el('input', { type: 'text', autocomplete: 'username', value: 'tocsin', hidden: true }),
    el('div', { class: 'field' }, el('label', { for: 'token' }, 'Access token'), input,
      el('p', { class: 'hint' }, 'An administrator makes one under Access, or with ', el('code', {}, 'tocsin token create'), '.')),
    wrong, el('div', { class: 'buttons' }, submit));
};

const signedIn = (who) => [
  el('p', {}, 'You are ', el('strong', { dir: 'auto' }, short(who.name, 120)), '.'),
  el('div', { class: 'buttons' }, el('a', { href: goal(), class: 'button' }, 'Go on'),
    el('button', { on: { click: () => act(session.signOut, 'Signed out') } }, 'Sign out')),
];

export const show = async (root) => {
  const who = session.me();
  const { token, oidc } = who.signIn ?? {};
  const panel = el('section', { class: 'panel sign-in' }, el('h1', {}, 'Sign in to Tocsin'));
  const body = el('div', {});
  panel.append(body);
  root.append(panel);
  if (who.name) {
    fill(body, signedIn(who));
    return;
  }
  fill(body,
    oidc ? el('p', {}, el('a', { href: 'api/v1/login/oidc', class: 'button is-primary' }, `Sign in with ${short(oidc, 60)}`)) : null,
    oidc && token ? el('p', { class: 'soft' }, 'or') : null,
    token ? byToken() : null,
    !token && !oidc ? el('p', {}, 'Nobody has to sign in here: whoever reaches this server may use it. ', el('a', { href: '#/' }, 'Go to the incidents')) : null);
  panel.querySelector('input')?.focus();
};
