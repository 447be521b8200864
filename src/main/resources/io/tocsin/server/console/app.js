// The shell: which page is shown, the navigation, the state of the connection, who is signed in.

import { el, fill, failure } from './lib/dom.js';
import * as live from './lib/live.js';
import * as session from './lib/session.js';

/** Path (a pattern), name in the navigation (none: not in it), module. A module exports `title` and `show(root, params, signal)`. */
const PAGES = [
  [/^\/$/, 'Incidents', '#/', () => import('./pages/incidents.js')],
  [/^\/incidents\/([^/]+)$/, null, null, () => import('./pages/incident.js')],
  [/^\/fleet$/, 'Fleet', '#/fleet', () => import('./pages/fleet.js')],
  [/^\/resources\/(.+)$/, null, null, () => import('./pages/resource.js')],
  [/^\/network$/, 'Network', '#/network', () => import('./pages/network.js')],
  [/^\/bottlenecks$/, 'Bottlenecks', '#/bottlenecks', () => import('./pages/bottlenecks.js')],
  [/^\/healing$/, 'Healing', '#/healing', () => import('./pages/healing.js')],
  [/^\/rules$/, 'Rules', '#/rules', () => import('./pages/rules.js')],
  [/^\/rules\/([^/]+)$/, null, null, () => import('./pages/rule.js')],
  [/^\/silences$/, 'Silences', '#/silences', () => import('./pages/silences.js')],
  [/^\/security$/, 'Security', '#/security', () => import('./pages/security.js')],
  [/^\/capacity$/, 'Capacity', '#/capacity', () => import('./pages/capacity.js')],
  [/^\/pipeline$/, 'Pipeline', '#/pipeline', () => import('./pages/pipeline.js')],
  [/^\/audit$/, 'Audit', '#/audit', () => import('./pages/audit.js')],
  [/^\/access$/, null, null, () => import('./pages/access.js')],
  [/^\/sign-in$/, null, null, () => import('./pages/sign-in.js')],
];

const main = document.getElementById('main');
const nav = document.getElementById('nav');
let leaving = new AbortController();

fill(nav, PAGES.filter(([, name]) => name).map(([, name, href]) => el('a', { href }, name)));

const path = () => location.hash.replace(/^#/, '').replace(/\?.*$/, '') || '/';

const show = async () => {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const found = PAGES.map(([pattern, , , load]) => [pattern.exec(path()), load]).find(([match]) => match);
  for (const link of nav.children) {
    const here = link.getAttribute('href').slice(1);
    const current = here === '/' ? path() === '/' || path().startsWith('/incidents') : path().startsWith(here);
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  nav.classList.remove('is-open');
  const root = el('div', { class: 'page' });
  try {
    if (!found) throw new Error(`there is no page ${path()}; the menu has all there are`);
    const page = await found[1]();
    if (signal.aborted) return;
    document.title = `${page.title} · Tocsin`;
    fill(main, root);
    await page.show(root, found[0].slice(1).map(decodeURIComponent), signal);
  } catch (failed) {
    if (!signal.aborted) fill(main, failure(failed, show));
  }
};

const menu = document.getElementById('menu');
menu.addEventListener('click', () => {
  menu.setAttribute('aria-expanded', String(nav.classList.toggle('is-open')));
});

const WORDS = {
  live: 'live',
  connecting: 'connecting …',
  lost: 'connection lost: what you see may be old; trying again',
};
const connection = document.getElementById('connection');
live.on('connection', (state) => {
  connection.textContent = WORDS[state];
  connection.className = `is-${state}`;
});

window.addEventListener('tocsin:sign-in', () => {
  if (path() !== '/sign-in') location.hash = '#/sign-in';
});
window.addEventListener('hashchange', show);
const who = await session.load();
fill(document.getElementById('who'),
  who.way === 'SESSION' || who.signIn.token
    ? el('a', { href: who.name ? '#/access' : '#/sign-in', class: 'quiet-link' }, who.name || 'Sign in') : null);
live.start();
show();
