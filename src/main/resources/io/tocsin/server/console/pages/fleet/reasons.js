// Why a resource stands as it does, in one line. Incidents and bottlenecks are asked for once and then heard of; what a probe
// says is asked for one by one, when somebody looks.

import { get } from '../../lib/api.js';
import { number } from '../../lib/format.js';
import * as live from '../../lib/live.js';
import { everything } from '../resource/parts.js';
import { kindWord } from './model.js';

const ASKED_AFTER = 200; // ms that somebody has to stay on a resource

const USUAL = {
  OK: 'as it should be',
  UNKNOWN: 'nothing is known of it lately',
  DOWN: 'its checks say that it is down',
  BOTTLENECK: 'something is short here',
};

/** A bottleneck in one line. */
export const shortage = (each) =>
  `${kindWord(each.kind)} is short: ${number(each.value)} ${each.unit}, threshold ${number(each.threshold)} ${each.unit}`;

/** {of(fleet, i): the line, ask(fleet, i): whether there is a better one now}; `tell` hears the ids whose line changed. */
export const reasons = (tell, signal) => {
  const incidents = new Map(); // by resource, the worst open one
  const resources = new Map(); // by incident
  const shortages = new Map();
  const probes = new Map();
  let asked = 0;

  const takeIncident = (each) => {
    const met = [each.resource, ...(each.alerts ?? []).map((alert) => alert.resource)];
    for (const id of new Set([...(resources.get(each.id) ?? []), ...met])) {
      const known = incidents.get(id);
      if (each.state === 'RESOLVED') {
        if (known?.id === each.id) incidents.delete(id);
      } else if (!known || known.id === each.id || each.priority <= known.priority) {
        incidents.set(id, each);
      }
    }
    resources.set(each.id, met);
    return met;
  };

  const load = async () => {
    try {
      const [open, short] = await Promise.all([
        everything('incidents', { state: 'open' }, signal), everything('bottlenecks', { active: true }, signal)]);
      incidents.clear();
      const told = open.flatMap(takeIncident);
      shortages.clear();
      short.reverse().forEach((each) => shortages.set(each.resource, each)); // the worst is first, and stays
      tell([...told, ...shortages.keys()]);
    } catch {
      // the map says how things are without it; only the reasons are missing
    }
  };
  load();
  live.on('hello', load, signal);
  live.on('incident', (each) => tell(takeIncident(each)), signal);

  const of = (fleet, i) => {
    const id = fleet.ids[i];
    const state = fleet.stateOf(i);
    if (state === 'OK') return USUAL.OK;
    if (state === 'BOTTLENECK') return shortages.has(id) ? shortage(shortages.get(id)) : USUAL.BOTTLENECK;
    if (USUAL[state]) return probes.get(id)?.state === state ? probes.get(id).text : USUAL[state];
    return incidents.get(id)?.summary ?? 'part of an open incident';
  };

  const ask = async (fleet, i) => {
    const id = fleet.ids[i];
    const state = fleet.stateOf(i);
    asked += 1;
    const mine = asked;
    if (!(state in USUAL) || state === 'OK' || state === 'BOTTLENECK' || probes.get(id)?.state === state) return false;
    await new Promise((done) => { setTimeout(done, ASKED_AFTER); });
    if (mine !== asked || signal.aborted) return false;
    try {
      const { resource } = await get('resource', { id }, { signal });
      probes.set(id, { state, text: resource.evidence || USUAL[state] });
      return true;
    } catch {
      return false;
    }
  };
  return { of, ask };
};
