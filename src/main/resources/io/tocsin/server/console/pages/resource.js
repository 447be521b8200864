// One resource: how it is and why, where it stands, what it does, what is short, what happened.

import { get, post } from '../lib/api.js';
import { ask, toast } from '../lib/dialog.js';
import { badge, el, empty, failure, fill, incidentHref, resourceHref, resourceLink, short } from '../lib/dom.js';
import { ms, word } from '../lib/format.js';
import * as live from '../lib/live.js';
import { framed, slot } from '../lib/patch.js';
import * as session from '../lib/session.js';
import { setPage } from '../lib/standing.js';
import { ago, since, span } from '../lib/time.js';
import { kindWord, WORDS } from './fleet/model.js';
import { efficiency, latency, throughput } from './resource/figures.js';
import { history } from './resource/history.js';
import { after, facts } from './resource/parts.js';
import { shortageList } from './resource/shortage.js';
import { whyNot } from './resource/why-not.js';

export const title = 'Resource';

const CHILDREN_SHOWN = 60;
const LATE_AFTER = 3; // intervals without a word

const silence = (id) =>
  ask(`Silence ${short(id, 80)}`, [
    { name: 'reason', label: 'Why', required: true, hint: 'Stands with the silence and in the audit.' },
    { name: 'forSeconds', label: 'For', type: 'select', value: '3600', options: [['1800', '30 minutes'], ['3600', '1 hour'], ['14400', '4 hours'], ['86400', '1 day']] },
  ], 'Silence', async ({ reason, forSeconds }) => {
    await post('silences', { matchers: [`resource=${id}`], reason, forSeconds: Number(forSeconds) });
    toast('Silenced. Incidents are still opened and shown; nobody is paged for them.');
  }, { text: 'Nobody is paged for this resource meanwhile. Incidents are kept all the same.' });

/** Why it stands so, with the way to what says more. */
const reason = ({ resource, incidents, bottlenecks }) => {
  const worst = incidents.find((each) => each.id === resource.incident) ?? incidents.find((each) => each.state !== 'RESOLVED');
  if (worst) return el('a', { href: incidentHref(worst.id), dir: 'auto' }, short(worst.summary, 240));
  if (resource.incident) return el('a', { href: incidentHref(resource.incident) }, 'part of an open incident');
  const shortage = bottlenecks.find((each) => each.active);
  if (resource.state === 'BOTTLENECK' && shortage) return `${kindWord(shortage.kind)} is short: ${short(shortage.evidence[0] ?? '', 200)}`;
  if (resource.state === 'OK' && resource.health !== 'UP') return 'no incident, nothing short; nothing probes it';
  if (resource.state === 'UNKNOWN' && resource.health === 'UP' && resource.lastSeenAt) return ['nothing was heard of it for ', since(resource.lastSeenAt)];
  return el('span', { dir: 'auto' }, short(resource.evidence, 300));
};

const tier = ({ tier: said }) => (said === 'UNSPECIFIED' ? null : word(said));

const serviceHref = (name) => resourceHref(`service/${name}`);

/** From what it runs on, outermost first, to itself. */
const trail = ({ resource, parents }) =>
  el('nav', { 'aria-label': 'Where it runs', class: 'trail small' }, el('a', { href: '#/fleet' }, 'Fleet'),
    [...parents].reverse().map((each) => [' › ', el('a', { href: resourceHref(each.id), dir: 'auto' }, short(each.name || each.id, 60)),
      each.state && each.state !== 'OK' ? [' ', badge(each.state)] : null]),
    resource.service && resource.kind !== 'SERVICE' ? [' · service ', el('a', { href: serviceHref(resource.service), dir: 'auto' }, short(resource.service, 60))] : null);

const childRow = (each) =>
  el('li', {}, badge(each.state ?? each.health), ' ', el('a', { href: resourceHref(each.id), title: short(each.id, 300), dir: 'auto' }, short(each.name || each.id, 60)),
    el('span', { class: 'soft small' }, ` ${kindWord(each.kind)}`));

/** Bad ones first, as the API may know states that this page does not. */
const byBadness = (a, b) => Object.keys(WORDS).indexOf(a.state ?? 'OK') - Object.keys(WORDS).indexOf(b.state ?? 'OK');

const graph = ({ resource, children }) => {
  const sorted = [...children].sort(byBadness);
  const more = sorted.slice(CHILDREN_SHOWN);
  return el('section', { class: 'panel' }, el('h2', {}, resource.kind === 'SERVICE' ? 'What it is made of' : 'What runs on it'),
    sorted.length ? el('ul', { class: 'res-chips' }, sorted.slice(0, CHILDREN_SHOWN).map(childRow)) : el('p', { class: 'soft' }, 'Nothing that is known.'),
    more.length ? el('p', { class: 'small' }, el('a', { href: `#/fleet?q=${encodeURIComponent(resource.name)}` }, `${more.length} more in the fleet`)) : null,
    resource.dependsOn?.length ? el('p', {}, 'Depends on ', resource.dependsOn.map((name, at) => [at ? ', ' : '', el('a', { href: serviceHref(name), dir: 'auto' }, short(name, 60))])) : null);
};

const seen = ({ lastSeenAt, intervalMs }) => {
  if (!lastSeenAt) return 'never';
  const isLate = intervalMs > 0 && Date.now() - Date.parse(lastSeenAt) > LATE_AFTER * intervalMs + 10_000;
  return [ago(lastSeenAt), isLate ? el('strong', { class: 'is-late' }, ` late: expected every ${span(intervalMs)}`) : null];
};

const about = ({ resource }) =>
  el('section', { class: 'panel' }, el('h2', {}, 'Facts'), facts([
    ['Id', el('code', { class: 'id' }, short(resource.id, 300))], ['Kind', kindWord(resource.kind)], ['Tier', tier(resource)],
    ['Runs on', resource.parent && resourceLink(resource.parent)],
    ['Service', resource.service && resource.kind !== 'SERVICE' && el('a', { href: serviceHref(resource.service), dir: 'auto' }, short(resource.service, 80))],
    ['Health', [badge(resource.health), ` ${short(resource.evidence, 200)} `, resource.probedAt ? el('span', { class: 'soft' }, ago(resource.probedAt)) : null]],
    ['Newest answer took', (resource.latencyMs ?? null) === null ? null : ms(resource.latencyMs)],
    ['Reports every', resource.intervalMs ? span(resource.intervalMs) : null], ['Last seen', seen(resource)],
    ...Object.entries(resource.labels ?? {}).slice(0, 40).map(([name, value]) => [short(name, 60), short(value, 300)]),
  ]));

const happened = ({ incidents }) =>
  el('section', { class: 'panel' }, el('h2', {}, 'Incidents'), incidents.length
    ? el('ul', { class: 'res-plain' }, incidents.map((each) => el('li', {}, badge(each.priority), ' ', each.state === 'RESOLVED' ? [badge('RESOLVED'), ' '] : null,
      el('a', { href: incidentHref(each.id), dir: 'auto' }, short(each.summary, 160)), ' ', el('span', { class: 'soft small' }, ago(each.openedAt ?? each.startedAt)))))
    : el('p', { class: 'soft' }, 'None, as far back as incidents are kept here.'));

export const show = async (root, [id], signal) => {
  root.append(el('div', {}, el('h1', { class: 'id', dir: 'auto' }, short(id, 120)), el('p', { class: 'soft' }, 'loading …')));
  try {
    const answer = await get('resource', { id }, { signal });
    if (!signal.aborted) page(root, id, answer, signal);
  } catch (failed) {
    if (signal.aborted) return;
    fill(root, el('h1', { class: 'id', dir: 'auto' }, short(id, 120)), failed.status === 404
      ? empty('There is no such resource.', 'It may have been removed, or has not reported yet. The fleet shows all that there are.')
      : failure(failed, () => {
        root.replaceChildren();
        show(root, [id], signal);
      }));
  }
};

const page = (root, id, answer, signal) => {
  let newest = answer;
  const [way, name, cause, around, known, past] = Array.from({ length: 6 }, () => slot(el('div', {})));
  const doing = el('div', { class: 'buttons' }, session.may('RESPONDER')
    ? el('button', { data: { key: 's' }, on: { click: () => silence(id) } }, 'Silence …')
    : el('p', { class: 'hint' }, 'To silence it you need the role responder.'));
  const figures = [efficiency(), latency(), throughput()];
  const shortages = shortageList(true);
  const shortage = el('section', {}, el('h2', {}, 'Bottlenecks'), shortages.root);
  const over = history(id, signal);

  const drawFigures = framed(() => {
    const { windows, resource } = newest;
    figures[0].update(windows.efficiency, resource.kind);
    figures[1].update(windows.latency ?? []);
    figures[2].update(windows.throughput);
  }, signal);

  /** Made anew only if it changed, and never under somebody who stands in it. */
  const put = (place, what, build) => {
    if (!place.node.contains(document.activeElement)) place.set(JSON.stringify(what), build);
  };

  const draw = () => {
    const { resource, parents, children, incidents, bottlenecks } = newest;
    setPage(short(resource.name || id, 60));
    put(way, [parents.map((each) => [each.id, each.state]), resource.service], () => trail(newest));
    put(name, [resource.name, resource.state], () => el('div', { class: 'row' }, el('h1', { class: 'id', dir: 'auto' }, short(resource.name || id, 160)),
      badge(resource.state ?? resource.health), el('span', { class: 'soft' }, [kindWord(resource.kind), tier(resource)].filter(Boolean).join(', '))));
    put(cause, [resource.state, resource.evidence, incidents, bottlenecks[0]?.evidence], () => el('p', { class: 'headline' }, reason(newest)));
    put(around, [resource.dependsOn, children.map((each) => [each.id, each.state])], () => graph(newest));
    put(known, { ...resource, window: null }, () => about(newest));
    put(past, incidents, () => happened(newest));
    const active = bottlenecks.filter((each) => each.active);
    shortage.hidden = !active.length;
    shortages.update(active);
    drawFigures();
  };

  const again = async () => {
    try {
      newest = await get('resource', { id }, { signal });
      draw();
    } catch (failed) {
      if (!signal.aborted) toast(`What you see may be old: ${short(failed.message, 200)}`, true);
    }
  };
  const soon = after(700, again, signal);
  live.on('hello', soon, signal);
  live.on('fleet', ({ states, changed }) => {
    const isNear = states && [newest.resource, ...newest.children, ...newest.parents].some((each) => each.id in states);
    if (changed || isNear) soon();
  }, signal);
  live.on('incident', (each) => {
    if (each.resource === id || (each.alerts ?? []).some((alert) => alert.resource === id) || newest.incidents.some((other) => other.id === each.id)) soon();
  }, signal);
  live.windowsOf(id, ({ what, window }) => {
    if (window.sizeMs !== 10_000) return;
    if (what === 'latency') {
      newest.windows.latency = [...(newest.windows.latency ?? []).filter((each) => each.source !== window.source), window];
    } else {
      newest.windows[what] = window;
    }
    over.append(what, window);
    drawFigures();
  }, signal);

  fill(root, el('div', {}, way.node, name.node, cause.node, doing), shortage, el('div', { class: 'pair' }, figures[0].root, el('div', { class: 'pile' }, figures[1].root, figures[2].root)),
    over.root, el('div', { class: 'columns res-columns' }, around.node, past.node, known.node), whyNot(id, signal));
  draw();
};
