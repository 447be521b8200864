// Who looks, and, for administrators, who else may.

import { el, fill, empty, failure, short, badge } from '../lib/dom.js';
import { get, post, remove, id } from '../lib/api.js';
import { ask, act, toast } from '../lib/dialog.js';
import { copyable } from '../lib/copy.js';
import { keyed, slot } from '../lib/patch.js';
import { ago, at, left } from '../lib/time.js';
import { word } from '../lib/format.js';
import * as session from '../lib/session.js';

export const title = 'Access';

const ROLES = [['VIEWER', 'viewer: looks'], ['RESPONDER', 'responder: takes, silences and resolves incidents'],
  ['OPERATOR', 'operator: decides on healing, changes rules'], ['ADMIN', 'admin: decides who may do what']];
const DAY = 86_400;
const SPANS = [[DAY, '1 day'], [7 * DAY, '7 days'], [30 * DAY, '30 days'], [90 * DAY, '90 days'], [365 * DAY, '1 year']];

const me = (signal) => {
  const who = session.me();
  const out = el('button', { on: { click: () => act(async () => {
    await session.signOut();
    if (!signal.aborted) location.hash = '#/sign-in';
  }, 'Signed out') } }, 'Sign out');
  return el('section', { class: 'panel' }, el('h2', {}, 'You'),
    el('dl', { class: 'facts' },
      el('dt', {}, 'name'), el('dd', { dir: 'auto' }, who.name ? short(who.name, 200) : 'not said'),
      el('dt', {}, 'may'), el('dd', {}, ROLES.find(([role]) => role === who.role)?.[1] ?? word(who.role)),
      el('dt', {}, 'known by'), el('dd', {}, who.way === 'NONE' ? 'nothing: this server asks nobody, and whoever reaches it may do this' : word(who.way)),
      who.until ? [el('dt', {}, 'until'), el('dd', {}, at(who.until), ' (', left(who.until), ')')] : null),
    who.way === 'SESSION' ? el('div', { class: 'buttons' }, out) : null);
};

const row = (again) => (token) => {
  const used = slot(el('td', {}));
  const stop = el('button', { class: 'small', 'aria-label': `Revoke ${short(token.name, 60)}` }, 'Revoke');
  stop.addEventListener('click', async () => {
    const done = await ask(`Revoke ${short(token.name, 60)}?`, [], 'Revoke',
      () => remove(`tokens/${id(token.id)}`), { danger: true, text: 'Whoever uses it is refused from then on. It cannot be taken back.' });
    if (done) again();
  });
  const node = el('tr', {},
    el('td', { dir: 'auto' }, short(token.name, 100)), el('td', {}, badge(token.role)), el('td', {}, word(token.kind)),
    el('td', {}, at(token.createdAt), token.createdBy ? [' by ', el('bdi', {}, short(token.createdBy, 60))] : ''),
    el('td', {}, token.expiresAt ? left(token.expiresAt) : 'never'), used.node, el('td', { class: 'number' }, stop));
  return { node, patch: (now) => used.set(now.lastUsedAt ?? '', () => (now.lastUsedAt ? ago(now.lastUsedAt) : el('span', { class: 'soft' }, 'never'))) };
};

/** The secret, which the server tells only now. */
const secret = (made) => {
  const dialog = el('dialog', { 'aria-labelledby': 'secret-title' }, el('h2', { id: 'secret-title' }, 'The new token'),
    el('p', {}, 'Copy it now: it is not shown again, and nobody can look it up.'), copyable(made.token, 'Copy the token'),
    el('div', { class: 'buttons' }, el('button', { class: 'primary', on: { click: () => dialog.close() } }, 'I have it')));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};

const tokens = (signal) => {
  const rows = new Map();
  const body = el('tbody', {});
  const status = el('div', {}, el('p', { class: 'soft' }, 'loading …'));
  const table = el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Tokens and sessions' },
    el('table', { class: 'tokens' }, el('thead', {}, el('tr', {}, ['name', 'may', 'kind', 'made', 'ends', 'last used', ''].map((name) =>
      name ? el('th', { scope: 'col' }, name) : el('td', {})))), body));
  const load = async () => {
    try {
      const found = await get('tokens', {}, { signal });
      keyed(body, rows, found, (each) => each.id, row(load));
      table.hidden = found.length === 0;
      fill(status, found.length ? null : empty('There is no token.', 'Make one for each person or program that uses this server from elsewhere.'));
    } catch (failed) {
      if (signal.aborted) return;
      table.hidden = true;
      fill(status, failure(failed, load));
    }
  };
  const add = el('button', { class: 'primary', on: { click: async () => {
    let made;
    const done = await ask('Make a token', [
      { name: 'name', label: 'Who or what it is for', required: true },
      { name: 'role', label: 'What it may do', type: 'select', options: ROLES, value: 'VIEWER' },
      { name: 'forSeconds', label: 'For how long', type: 'select', options: SPANS, value: String(90 * DAY) },
    ], 'Make it', async (said) => {
      made = await post('tokens', { name: said.name, role: said.role, forSeconds: Number(said.forSeconds) });
    });
    if (!done) return;
    load();
    if (made?.token) secret(made);
    else toast('The server made it but told no secret; revoke it and make another.', true);
  } } }, 'Make a token …');
  load();
  return el('section', { class: 'panel' }, el('div', { class: 'row spread' }, el('h2', {}, 'Tokens and sessions'), add), status, table);
};

export const show = async (root, params, signal) => {
  root.append(el('h1', {}, 'Access'), me(signal),
    session.may('ADMIN') ? tokens(signal) : el('p', { class: 'hint' }, 'An administrator can make and revoke tokens here.'));
};
