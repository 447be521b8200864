// Who or what decided about healing, in a chain in which every change shows.

import { get } from '../lib/api.js';
import { el, empty, failure, fill, resourceLink, short } from '../lib/dom.js';
import { toast } from '../lib/dialog.js';
import { word } from '../lib/format.js';
import * as live from '../lib/live.js';
import { at } from '../lib/time.js';
import { asked, filter, head, incidentRef, loading, panel, remember, stateBadge, table } from '../lib/work.js';

export const title = 'Audit';

const KINDS = [['', 'all kinds'], ['STARTED', 'a responder took over'], ['DECIDED', 'guards decided'], ['ACTED', 'an action was over'], ['ENDED', 'a plan ended'],
  ['COMPENSATED', 'an action was undone'], ['COMMANDED', 'a person wished'], ['FORGED', 'a forged plan'], ['DEMOTED', 'an action lost trust']];
const STYLE = { FORGED: 'P0', DEMOTED: 'P1', COMPENSATED: 'P1', COMMANDED: 'P3', ENDED: 'OK' };
const PAGE = 200;
const MOST_EXPORTED = 100_000;

const details = (entry) => {
  const lines = [['Guards that agreed', (entry.guards ?? []).join(', ')], ['Before', entry.before], ['After', entry.after], ['Plan', entry.planId],
    ['Hash', entry.hash], ['Hash before', entry.previousHash]].filter(([, value]) => value);
  return el('details', { class: 'small' }, el('summary', {}, 'all of it'),
    el('dl', { class: 'facts' }, lines.map(([name, value]) => [el('dt', {}, name), el('dd', {}, el('bdi', { class: 'mono' }, short(value, 600)))])));
};

const COLUMNS = [
  { name: '#', number: true, cell: (each) => String(each.sequence) },
  { name: 'When', cls: 'line', cell: (each) => at(each.at) },
  { name: 'Kind', cell: (each) => stateBadge(each.kind, STYLE[each.kind]) },
  { name: 'Who', cls: 'min', cell: (each) => el('bdi', {}, short(each.actor, 60)) },
  { name: 'Action', cell: (each) => el('bdi', {}, short(each.action || '–', 60)) },
  { name: 'On', cls: 'min', cell: (each) => (each.targetId ? resourceLink(each.targetId) : '–') },
  { name: 'Incident', cls: 'line', cell: (each) => incidentRef(each.incidentId) },
  { name: 'Outcome and why', cls: 'min wide-cell', cell: (each) => [el('strong', {}, word(each.outcome)), each.reason ? ': ' : '', el('bdi', {}, short(each.reason, 240)), details(each)] },
];

/** Follows the chain on the server; it reads the whole topic, so it is asked for. */
const verification = (host, signal) => {
  const button = el('button', { class: 'primary', on: { click: () => run() } }, 'Verify the chain');
  const out = el('div', { role: 'status' }, el('p', { class: 'hint' },
    'Every entry has a hash over all of its fields and over the hash of the entry before. An edit, a gap, a changed order or a repetition shows.'));
  const run = async () => {
    button.disabled = true;
    fill(out, loading('Following the chain from its first entry'));
    try {
      const answer = await get('audit/verify', {}, { signal });
      fill(out, answer.holds
        ? el('div', { class: 'banner is-good' }, el('div', {}, el('p', { class: 'banner-title' }, answer.entries ? `✓ The chain holds: ${answer.entries} entries are as they were written.` : '✓ There is no entry yet.'),
          answer.from > 1 ? el('p', {}, `Entries before ${answer.from} are gone by retention (a year); that is no fault.`) : null,
          answer.unreadable ? el('p', {}, `${answer.unreadable} records on the topic are no entries.`) : null,
          answer.head ? el('p', {}, 'Head: ', el('bdi', { class: 'mono' }, short(answer.head, 120))) : null,
          el('p', { class: 'hint' }, 'That its end was cut off, or all of it was written anew, shows only against a head that was kept on another machine: tocsin audit verify --head HEAD')))
        : el('div', { class: 'banner is-bad' }, el('div', {}, el('p', { class: 'banner-title' }, '✗ The chain is broken: it is not as it was written.'),
          el('p', {}, el('bdi', {}, short(answer.problem, 400))),
          el('p', {}, 'Somebody may have changed the topic. Keep a copy of it (export), pause healing, and find out who may write tocsin.audit: only the responder should.'))));
    } catch (failed) {
      if (!signal.aborted) fill(out, failure(failed, run));
    }
    button.disabled = false;
  };
  fill(host, el('div', { class: 'audit-verify' }, out, button));
};

/** Where the next page begins, as the Link header says. */
const nextOf = (headers) => {
  const found = /<([^>]+)>;\s*rel="next"/.exec(headers.get('Link') ?? '');
  return found ? new URL(found[1], location.href).searchParams.get('after') : null;
};

const exported = async (query, button, signal) => {
  button.disabled = true;
  const lines = [];
  try {
    for (let after = ''; after !== null && lines.length < MOST_EXPORTED;) {
      const { body, headers } = await get('audit', { ...query, limit: 1000, after }, { signal, withHeaders: true });
      lines.push(...body.map((each) => JSON.stringify(each)));
      after = nextOf(headers);
    }
    const url = URL.createObjectURL(new Blob([`${lines.reverse().join('\n')}\n`], { type: 'application/jsonl' }));
    const link = el('a', { href: url, download: 'audit.jsonl' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    toast(`${lines.length} entries, oldest first, one of JSON a line`);
  } catch (failed) {
    if (!signal.aborted) toast(failed.message, true);
  }
  button.disabled = false;
};

export const show = async (root, params, signal) => {
  const wanted = Object.fromEntries(['incident', 'actor', 'kind', 'target'].map((key) => [key, asked().get(key) ?? '']));
  const chain = panel('The chain');
  const list = panel('Entries', 'Newest first.');
  const place = el('div', { class: 'spaced' }, loading('Asking for the entries'));
  const more = el('button', { class: 'more', hidden: true }, 'Older ones');
  const shown = table('Entries of the audit', COLUMNS, (each) => `${each.sequence}:${each.hash}`, { most: PAGE });
  let entries = [];
  let next = null;
  let turn = 0;
  const draw = (total) => {
    list.count(entries.length ? `${entries.length}${total > entries.length ? ` of ${total}` : ''}` : null);
    more.hidden = next === null;
    if (!entries.length) {
      fill(place, Object.values(wanted).some(Boolean) ? empty('No entry is like that.', 'Whole ids are asked for; take a filter away.')
        : empty('There is no entry yet.', 'The first is written when the responder starts: every decision, action, end and command follows.'));
      return;
    }
    if (!place.contains(shown.root)) fill(place, shown.root);
    shown.show(entries);
  };
  const load = async (after = '') => {
    const mine = ++turn; // a slow answer must not overwrite a newer one
    more.disabled = true;
    try {
      const { body, headers } = await get('audit', { ...wanted, limit: PAGE, after }, { signal, withHeaders: true });
      if (mine !== turn) return;
      // What is older was asked for by hand and stays; the chain only grows.
      const oldest = body.at(-1)?.sequence ?? 0;
      if (after) entries = [...entries, ...body];
      else if (entries.length > PAGE && body.length && entries[0].sequence >= oldest) entries = [...body, ...entries.filter((each) => each.sequence < oldest)];
      else {
        entries = body;
        next = nextOf(headers);
      }
      if (after) next = nextOf(headers);
      draw(Number(headers.get('X-Total-Count') ?? entries.length));
    } catch (failed) {
      if (!signal.aborted && !entries.length) fill(place, failure(failed, () => load()));
    }
    more.disabled = false;
  };
  more.addEventListener('click', () => load(next));
  let soon;
  const later = (wait) => {
    clearTimeout(soon);
    soon = setTimeout(load, wait);
  };
  const set = (key) => (value) => {
    wanted[key] = value.trim();
    remember(wanted);
    entries = [];
    later(key === 'kind' ? 0 : 300);
  };
  const download = el('button', { on: { click: (event) => exported(wanted, event.target, signal) } }, 'Export (JSON lines)');
  fill(list.body, el('div', { class: 'filters' },
    filter('Kind', set('kind'), { options: KINDS, value: wanted.kind }), filter('Incident', set('incident'), { value: wanted.incident, placeholder: 'its whole id' }),
    filter('Who', set('actor'), { value: wanted.actor, placeholder: 'such as anna or responder/4' }),
    filter('Resource', set('target'), { value: wanted.target, placeholder: 'such as container/web-1' }), download), place, more);
  fill(root, head('Audit', 'Every decision, action, end and command about healing, by whom and why.'), chain.root, list.root);
  verification(chain.body, signal);
  live.on('heal', () => later(1000), signal);
  live.on('hello', () => load(), signal);
  signal.addEventListener('abort', () => clearTimeout(soon));
  await load();
};
