// What always stands at the top: how many urgent incidents are open (in the title and icon, too), how the connection is,
// whether the server has another console by now.

import { el, fill } from './dom.js';
import * as live from './live.js';
import * as open from './open.js';
import { at } from './time.js';
import * as session from './session.js';
import { toast } from './dialog.js';

const BANNER_AFTER = 2500; // a connection that is back sooner is not worth a word
const SETTLED = 10_000; // by then the page is there, and what it is made of is asked for once more
const WORDS = { live: 'live', connecting: 'connecting …', lost: 'connection lost' };
const URGENT = ['P0', 'P1'];

let page = '';
let urgent = 0;
let lostAt = null;
let lostTimer;
let modules;
let first;

const drawTitle = () => {
  document.title = `${urgent ? `(${urgent}) ` : ''}${page} · Tocsin`;
};

/** Names the page that is shown. */
export const setPage = (title) => {
  page = title;
  drawTitle();
};

const drawUrgent = () => {
  const many = URGENT.map((priority) => open.all().filter((each) => each.priority === priority && !each.silencedBy).length);
  urgent = many[0] + many[1];
  const place = document.getElementById('urgent');
  const words = many.map((each, i) => each && `${each} ${URGENT[i]}`).filter(Boolean).join(', ');
  if (place.textContent !== words) {
    fill(place, URGENT.map((priority, i) => many[i] > 0 && el('a', { href: `#/?priority=${priority}`, class: `urgent-count is-count-${priority}` }, `${many[i]} ${priority}`)));
  }
  const icon = document.getElementById('icon');
  const href = urgent ? 'tocsin.svg' : 'tocsin-quiet.svg';
  if (icon.getAttribute('href') !== href) icon.setAttribute('href', href);
  drawTitle();
};

const banner = (...said) => {
  const place = document.getElementById('banner');
  place.hidden = said.length === 0;
  fill(place, said);
};

/** The texts of all modules that this page has loaded, in one number. */
const fingerprint = async () => {
  modules ??= [...new Set(performance.getEntriesByType('resource').map((each) => each.name).filter((name) => name.endsWith('.js')))];
  let sum = 0;
  for (const module of modules) {
    const text = await (await fetch(module, { cache: 'no-store' })).text();
    for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  }
  return sum;
};

/** After the server was away: it may have come back with another version of these pages. */
const lookForNews = async () => {
  try {
    const now = await fingerprint();
    if (first === undefined || now === first) return;
    banner('The server has another version of this console by now. ', el('button', { on: { click: () => location.reload() } }, 'Load it'));
  } catch {
    // away again; the connection says so
  }
};

const connectionIs = (state) => {
  if (!session.may('VIEWER')) return; // signed out: nothing is connected, and nothing is lost
  const place = document.getElementById('connection');
  place.textContent = WORDS[state];
  place.className = `is-${state}`;
  if (state === 'lost' && !lostAt) {
    lostAt = new Date().toISOString();
    lostTimer = setTimeout(() => banner('Connection lost at ', at(lostAt), '. What you see may be old. Trying again …'), BANNER_AFTER);
  }
  if (state === 'live' && lostAt) {
    clearTimeout(lostTimer);
    const long = Date.now() - Date.parse(lostAt) > BANNER_AFTER;
    lostAt = null;
    banner();
    if (long) toast('Connected again; what was missed has been caught up with.');
    lookForNews();
  }
};

/** Begins; once. */
export const start = () => {
  setTimeout(() => fingerprint().then((is) => {
    first = is;
  }, () => {}), SETTLED);
  open.on(drawUrgent);
  live.on('connection', connectionIs);
};
