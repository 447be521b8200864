// How a trouble spreads: the cause at the left, what hangs on it to the right. Each box leads to its resource.

import { el, svg, short, resourceHref } from './dom.js';
import { word } from './format.js';

const MOST = 40;
const [WIDE, TALL, ACROSS, DOWN] = [164, 44, 48, 14];

/** How far each node is from the cause, along edges of either direction. */
const layers = (cause, nodes, edges) => {
  const near = new Map(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) {
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const depth = new Map([[cause, 0]]);
  const queue = [cause];
  while (queue.length) {
    const here = queue.shift();
    for (const next of near.get(here) ?? []) {
      if (depth.has(next) || !near.has(next)) continue;
      depth.set(next, depth.get(here) + 1);
      queue.push(next);
    }
  }
  const far = Math.max(...depth.values()) + 1;
  const columns = [];
  for (const node of nodes) (columns[depth.get(node.id) ?? far] ??= []).push(node);
  return columns.filter(Boolean);
};

const box = (node, { x, y }, isCause) =>
  svg('a', { href: resourceHref(node.id), class: `cause-node is-${node.state}${isCause ? ' is-cause' : ''}`,
    'aria-label': `${short(node.name || node.id, 80)}, ${word(node.kind)}, ${word(node.state)}${node.relation ? `: ${node.relation}` : ''}` },
  svg('title', {}, `${short(node.id, 300)}\n${node.relation ?? ''}`),
  svg('rect', { x, y, width: WIDE, height: TALL, rx: 8 }),
  svg('svg', { x, y, width: WIDE - 6, height: TALL }, // cuts what is too long
    svg('text', { x: 10, y: 18, class: 'cause-name' }, short(node.name || node.id, 21)),
    svg('text', { x: 10, y: 34, class: 'cause-state' }, short(`${word(node.kind)} · ${node.state}${isCause ? ' · cause' : ''}`, 26))));

const line = (edge, places) => {
  let [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (!from || !to) return null;
  if (from.x > to.x) [from, to] = [to, from];
  const [x1, y1, x2, y2] = from.x === to.x
    ? [from.x + WIDE, from.y + TALL / 2, to.x + WIDE, to.y + TALL / 2]
    : [from.x + WIDE, from.y + TALL / 2, to.x, to.y + TALL / 2];
  const bend = from.x === to.x ? 30 : ACROSS / 2;
  const end = from.x === to.x ? x2 + bend : x2 - bend;
  const label = word(edge.kind).replaceAll('-', ' ');
  return svg('path', { d: `M${x1} ${y1} C${x1 + bend} ${y1} ${end} ${y2} ${x2} ${y2}`, class: `cause-edge is-${String(edge.kind).replace(/[^a-z-]/g, '')}` },
    svg('title', {}, `${short(edge.from, 80)} ${label} ${short(edge.to, 80)}`));
};

/** The drawing; `path` as the API has it. */
export const causePath = (path) => {
  const nodes = path.nodes.slice(0, MOST);
  const columns = layers(path.cause, nodes, path.edges);
  const places = new Map();
  const tallest = Math.max(...columns.map((column) => column.length));
  const height = tallest * (TALL + DOWN) + DOWN;
  columns.forEach((column, i) => column.forEach((node, k) => places.set(node.id, {
    x: 4 + i * (WIDE + ACROSS),
    y: DOWN + k * (TALL + DOWN) + ((tallest - column.length) * (TALL + DOWN)) / 2,
  })));
  const width = columns.length * (WIDE + ACROSS) - ACROSS + 40;
  return el('div', {},
    el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Cause path' },
      svg('svg', { width, height, viewBox: `0 0 ${width} ${height}` },
        path.edges.map((edge) => line(edge, places)),
        nodes.map((node) => box(node, places.get(node.id), node.id === path.cause)))),
    path.nodes.length > MOST ? el('p', { class: 'soft small' }, `and ${path.nodes.length - MOST} more`) : null,
    el('p', { class: 'soft small' }, 'Solid: runs on. Dashed: depends on. Dotted: is part of.'));
};
