// The pipeline as a drawing: stages in the order of the data, each with its state and what waits for it.

import { el, fill, short } from '../lib/dom.js';
import { number } from '../lib/format.js';

/** Name, what it does, what to do when it is not up. `ends` stand in one place of the drawing. */
const STAGES = {
  collectors: ['Reads hosts, VMs, containers and endpoints.',
    'The collectors that fail are named. Check that the socket or URL can be reached with the rights of this process, and the section of the configuration they come from.'],
  streams: ['Makes windows, latencies, throughputs and bottlenecks.',
    'Look at logs/streams.log. If it restarts again and again, the record that stops it is at the end of the log; disk and broker have to be UP first.'],
  alerting: ['Judges rules; makes incidents, priorities and plans.',
    'Look at logs/alerting.log. The job restarts by itself from its last checkpoint; a rule that cannot be read is refused and does not stop it.'],
  responder: ['Judges plans and carries them out, at most once.',
    'Nothing is healed while it stands. “Another one took over” means that two run: stop one. Otherwise look at logs/responder.log.'],
  notifier: ['Tells people.',
    'Nobody is told while it stands; notifications wait and are sent afterwards. Check the channels with “tocsin notify test”.'],
  recorder: ['Writes history for charts and capacity.',
    'Alerting goes on without it; what is not written waits on the topics for a day. Check that the database answers, its token and its disk.'],
};
const BASE = {
  broker: ['Holds the topics.', 'All else waits for it. Check that it runs, its disk and its port.'],
  registry: ['Holds the schemas of the topics.', 'It is started anew by itself; if it does not come up, its port may be taken by another program.'],
  server: ['Answers this page and the API.', '“Behind its topics” goes away by itself after a start; if it stays, streams or broker are slow.'],
  disk: ['Room for topics, state and history.', 'Make room, or move data-dir to a larger disk: the broker stops when it is full.'],
};
const ORDER = [['collectors'], ['streams'], ['alerting'], ['responder', 'notifier'], ['recorder']];

const lagOf = (lag, name) => {
  const own = (lag ?? []).filter((each) => each.group === `tocsin-${name}` || each.group.startsWith(`tocsin-${name}-`));
  return own.length ? own.reduce((sum, each) => sum + each.lag, 0) : null;
};

const stage = (name, choose) => {
  const state = el('span', { class: 'stage-state' });
  const lag = el('span', { class: 'small soft' });
  const root = el('button', { class: 'stage', 'aria-pressed': 'false', on: { click: () => choose(name) } },
    el('span', { class: 'stage-name' }, name), state, lag);
  let seen;
  return {
    root,
    update: (now, chosen) => {
      const word = now.parts[name];
      const behind = lagOf(now.lag, name);
      root.setAttribute('aria-pressed', String(chosen));
      const key = `${word} ${behind}`;
      if (key === seen) return;
      seen = key;
      const style = word === 'UP' ? 'is-up' : word === undefined ? 'is-elsewhere' : word === 'starting' ? 'is-waiting' : 'is-broken';
      root.className = `stage ${style}`;
      state.textContent = word === 'UP' ? 'UP' : word === undefined ? 'not in this process' : short(word, 90);
      lag.textContent = behind === null ? '' : `${number(behind, 0)} behind`;
    },
  };
};

/** The drawing; `update(pipeline)` patches it. */
export const flow = () => {
  let chosen = null;
  let last = null;
  const details = el('div', { class: 'stage-details', 'aria-live': 'polite' });
  const choose = (name) => {
    chosen = chosen === name ? null : name;
    update(last);
  };
  const all = Object.fromEntries([...Object.keys(STAGES), ...Object.keys(BASE)].map((name) => [name, stage(name, choose)]));
  const others = el('div', { class: 'stages-base' });
  const base = el('div', { class: 'stages-base' }, el('span', { class: 'soft small' }, 'on top of'),
    Object.keys(BASE).map((name) => all[name].root), others);
  const root = el('div', {}, el('ol', { class: 'stages', 'aria-label': 'Stages in the order of the data' },
    ORDER.map((names) => el('li', {}, names.map((name) => all[name].root)))), base, details);
  let detailsSeen;
  const explain = () => {
    const names = chosen ? [chosen] : Object.keys(last.parts).filter((name) => last.parts[name] !== 'UP');
    const key = JSON.stringify([chosen, names.map((name) => [name, last.parts[name]])]);
    if (key === detailsSeen) return;
    detailsSeen = key;
    fill(details, names.map((name) => {
      const [does, advice] = STAGES[name] ?? BASE[name] ?? ['', 'Look at its log.'];
      const word = last.parts[name];
      return el('div', { class: `part-advice ${word && word !== 'UP' ? 'is-broken' : ''}` },
        el('h3', {}, name), el('p', {}, does),
        word && word !== 'UP' ? el('p', {}, el('strong', {}, 'It says: '), el('bdi', {}, short(word, 600))) : null,
        word === undefined ? el('p', {}, 'It runs in a process of its own, or not at all: its own /health/ready tells.')
          : word === 'UP' ? null : el('p', {}, el('strong', {}, 'What to do: '), advice));
    }));
  };
  const update = (now) => {
    last = now;
    for (const name of Object.keys(now.parts)) {
      if (!all[name]) {
        all[name] = stage(name, choose);
        others.append(all[name].root);
      }
    }
    for (const [name, each] of Object.entries(all)) {
      each.update(now, name === chosen);
      each.root.hidden = BASE[name] !== undefined && now.parts[name] === undefined;
    }
    explain();
  };
  return { root, update };
};
