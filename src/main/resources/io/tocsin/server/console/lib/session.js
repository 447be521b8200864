// Who looks, and what they may do.

import { get, post } from './api.js';

const ORDER = ['NOBODY', 'VIEWER', 'RESPONDER', 'OPERATOR', 'ADMIN'];
let who = { name: '', role: 'ADMIN', way: 'NONE', signIn: { token: false, oidc: false } };

/** Asks the server who this is. */
export const load = async () => {
  try {
    who = await get('me');
  } catch {
    // an older server without access control; it refuses by itself what is not allowed
  }
  return who;
};
export const me = () => who;

/** Whether buttons of this role make sense; the server decides for itself. */
export const may = (role) => ORDER.indexOf(who.role) >= ORDER.indexOf(role);

/** Tells the shell that somebody else looks now. */
const changed = async () => {
  await load();
  window.dispatchEvent(new Event('tocsin:signed'));
};

export const signIn = async (token) => {
  await post('login', { token });
  await changed();
};

export const signOut = async () => {
  await post('logout');
  await changed();
};
