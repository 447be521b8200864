// When a rule fired: a line of time, and a list.

import { el, empty, fill, resourceLink, short, svg } from '../lib/dom.js';
import { at, since, span } from '../lib/time.js';
import { stateBadge, table } from '../lib/work.js';

const ON = new Set(['FIRING', 'FLAPPING', 'UNKNOWN']);
const STYLE = { FIRING: 'P1', FLAPPING: 'P2', CLEARED: 'OK' };
const WIDTH = 1000;
const LANE = 12;
const MOST_LANES = 8;

const endOf = (alert, now) => (ON.has(alert.state) ? now : Date.parse(alert.at));

/** Bars in as few lanes as they need. */
const timeline = (alerts) => {
  const now = Date.now();
  const begin = Math.min(...alerts.map((each) => Date.parse(each.since)), now - 3_600_000);
  const x = (time) => ((time - begin) / (now - begin)) * WIDTH;
  const lanes = [];
  const bars = [...alerts].sort((a, b) => (a.since < b.since ? -1 : 1)).map((alert) => {
    const from = Date.parse(alert.since);
    const to = endOf(alert, now);
    let lane = lanes.findIndex((busy) => busy < from);
    if (lane < 0) lane = lanes.length < MOST_LANES ? lanes.length : MOST_LANES - 1;
    lanes[lane] = to;
    return svg('rect', { x: x(from), y: lane * LANE + 2, width: Math.max(3, x(to) - x(from)), height: LANE - 3, rx: 2,
      class: ON.has(alert.state) ? 'firing is-on' : 'firing' },
    svg('title', {}, `${short(alert.resource, 80)}: ${new Date(from).toLocaleString()}, ${span(to - from)}`));
  });
  const height = Math.max(1, lanes.length) * LANE + 2;
  return el('figure', { class: 'firings' },
    svg('svg', { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: 'none', height, role: 'img',
      'aria-label': `${alerts.length} alerts since ${new Date(begin).toLocaleString()}` }, bars),
    el('figcaption', { class: 'row spread small soft' }, el('span', {}, new Date(begin).toLocaleString()), el('span', {}, 'now')));
};

/** Draws alerts of a rule, newest first, into a panel. */
export const firings = (panel) => {
  const shown = table('Alerts of this rule', [
    { name: 'State', cell: (each) => stateBadge(each.state, STYLE[each.state]) },
    { name: 'Resource', cls: 'min', cell: (each) => resourceLink(each.resource) },
    { name: 'Series', cell: (each) => el('bdi', {}, short(each.series, 60)) },
    { name: 'Since', cls: 'line', cell: (each) => at(each.since) },
    { name: 'Lasted', cls: 'line', cell: (each) => (ON.has(each.state) ? [since(each.since), ' so far'] : span(Date.parse(each.at) - Date.parse(each.since))) },
    { name: 'It says', cls: 'min', cell: (each) => el('bdi', {}, short(each.summary, 200)) },
  ], (each) => each.id, { most: 20 });
  const time = el('div');
  return (alerts) => {
    panel.count(alerts.length || null);
    if (!alerts.length) {
      fill(panel.body, empty('It has not fired as far back as alerts are kept.', 'A backtest below tells what it would have said.'));
      return;
    }
    if (!panel.body.contains(shown.root)) fill(panel.body, time, shown.root);
    fill(time, timeline(alerts));
    shown.show(alerts);
  };
};
