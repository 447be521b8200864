// The shell: which page is shown, the navigation, who is signed in, how the connection stands.

import { el, fill, failure } from './lib/dom.js';
import * as live from './lib/live.js';
import * as session from './lib/session.js';
import * as open from './lib/open.js';
import * as keys from './lib/keys.js';
import * as theme from './lib/theme.js';
import * as standing from './lib/standing.js';

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
const menu = document.getElementById('menu');
let leaving = new AbortController();

fill(nav, PAGES.filter(([, name]) => name).map(([, name, href]) => el('a', { href }, name)));

const path = () => location.hash.replace(/^#/, '').replace(/\?.*$/, '') || '/';

/** Which of the navigation's links is "here"; a resource belongs to the fleet. */
const showHere = () => {
  for (const link of nav.children) {
    const here = link.getAttribute('href').slice(1);
    const current = here === '/' ? path() === '/' || path().startsWith('/incidents')
      : path().startsWith(here) || (here === '/fleet' && path().startsWith('/resources'));
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
};

const openMenu = (is) => {
  nav.classList.toggle('is-open', is);
  menu.setAttribute('aria-expanded', String(is));
};
menu.addEventListener('click', () => openMenu(!nav.classList.contains('is-open')));

const show = async () => {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const found = PAGES.map(([pattern, , , load]) => [pattern.exec(path()), load]).find(([match]) => match);
  showHere();
  openMenu(false);
  const root = el('div', { class: 'page' });
  try {
    if (!found) throw new Error(`there is no page ${path()}; the menu has all there are`);
    const page = await found[1]();
    if (signal.aborted) return;
    standing.setPage(page.title);
    fill(main, root);
    scrollTo(0, 0);
    await page.show(root, found[0].slice(1).map(decodeURIComponent), signal);
  } catch (failed) {
    if (!signal.aborted) fill(main, failure(failed, show));
  }
};

const showWho = () => {
  const who = session.me();
  fill(document.getElementById('who'),
    session.may('VIEWER')
      ? el('a', { href: '#/access', class: 'quiet-link', dir: 'auto', title: `you may do what a ${who.role.toLowerCase()} may` }, who.name || 'Access')
      : el('a', { href: '#/sign-in', class: 'quiet-link' }, 'Sign in'));
};

// The link to skip the navigation must not become the address of a page.
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
document.getElementById('keys').addEventListener('click', keys.help);
window.addEventListener('tocsin:sign-in', () => {
  if (path() !== '/sign-in') location.hash = `#/sign-in?to=${encodeURIComponent(location.hash)}`;
});
window.addEventListener('tocsin:signed', () => {
  showWho();
  if (session.me().role === 'NOBODY') return;
  open.load();
  live.again();
});
window.addEventListener('hashchange', show);

theme.start(document.getElementById('theme'));
keys.listen();
standing.start();
await session.load();
showWho();
const mayLook = session.may('VIEWER');
if (mayLook || path() === '/sign-in') show();
else window.dispatchEvent(new Event('tocsin:sign-in'));
if (mayLook) {
  open.load();
  live.start();
}
