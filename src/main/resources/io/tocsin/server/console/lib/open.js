// All open incidents, held once for the title, the board and whoever asks. Loaded once, then kept up by events.

import { get } from './api.js';
import * as live from './live.js';

const PAGE = 1000;
const KEPT_AFTER = 120_000; // what was just resolved stays in sight for this long
const known = new Map();
const listeners = new Set();
let touched = new Set();
let loading = null;
let asked = false;

export let loaded = false;
export let problem = null;

const tell = () => {
  if (asked) return;
  asked = true;
  // no animation frame: the title of a tab in the background counts, too
  setTimeout(() => {
    asked = false;
    listeners.forEach((listener) => listener());
  }, 16);
};

export const isOpen = (incident) => incident.state !== 'RESOLVED' && !incident.mergedInto;

/** Takes a newer word on an incident. */
export const put = (incident) => {
  const old = known.get(incident.id);
  if (old && old.version > incident.version) return;
  touched.add(incident.id);
  if (!isOpen(incident)) {
    if (!old) return;
    incident.seenResolvedAt ??= old.seenResolvedAt ?? Date.now();
    setTimeout(() => {
      if (known.get(incident.id) === incident) {
        known.delete(incident.id);
        tell();
      }
    }, KEPT_AFTER);
  }
  known.set(incident.id, incident);
  tell();
};

const read = async () => {
  touched = new Set();
  const seen = new Set();
  try {
    let after;
    for (;;) {
      const { body, headers } = await get('incidents', { state: 'open', limit: PAGE, after }, { withHeaders: true });
      for (const incident of body) {
        seen.add(incident.id);
        const old = known.get(incident.id);
        if (!old || old.version <= incident.version) known.set(incident.id, incident);
      }
      if (body.length === 0 || !/rel="?next"?/.test(headers.get('Link') ?? '')) break;
      after = body[body.length - 1].id;
    }
    for (const incident of [...known.values()]) {
      if (isOpen(incident) && !seen.has(incident.id) && !touched.has(incident.id)) known.delete(incident.id);
    }
    loaded = true;
    problem = null;
  } catch (failed) {
    problem = failed;
  }
  loading = null;
  tell();
};

/** Asks for all of them again. */
export const load = () => (loading ??= read());

/** Hears that something changed. */
export const on = (listener, signal) => {
  listeners.add(listener);
  signal?.addEventListener('abort', () => listeners.delete(listener));
};

export const one = (id) => known.get(id);
export const all = () => [...known.values()].filter(isOpen);
export const justResolved = () => [...known.values()].filter((each) => !isOpen(each));

live.on('incident', put);
live.on('hello', async () => {
  await loading; // one that began before the connection was there may have missed a change
  load();
});
