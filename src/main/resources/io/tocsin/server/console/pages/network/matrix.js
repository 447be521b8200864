// From where to where: one cell for each pair of ends that a path is measured between. Its word is the p99; how bad it is
// stands beside it as a mark, not only as a colour.

import { el, fill, resourceHref, short } from '../../lib/dom.js';
import { ms, percent } from '../../lib/format.js';

const MOST_ENDS = 12; // more is a wall of figures; the table has all

const LEAST_FULL = 0.3; // of the cells; emptier, the table says it better

/** The machine in the words of a target: `10.0.0.7:443`, `https://shop.example/`, `shop.example A at 10.0.0.53:53`. */
const machineOf = (target) => /^(?:https?:\/\/|\S+ \S+ at )?(\[[^\]]*\]|[^\s/:]+)(?::\d+)?(?:\/\S*)?$/.exec(target)?.[1] ?? target;

const endsOf = (paths, name) => {
  const counts = new Map();
  for (const path of paths) counts.set(path[name], (counts.get(path[name]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_ENDS).map(([end]) => end);
};

const cell = (path) => {
  if (!path) return el('td', { class: 'number soft' }, '·');
  const { lossPercent, p99Ms } = path.window;
  const isBad = (path.state ?? 'OK') !== 'OK' || lossPercent > 0;
  const words = [`p99 ${ms(p99Ms)}`, `loss ${percent(lossPercent)}`, path.state].join(', ');
  return el('td', { class: `number ${isBad ? 'is-bad' : ''}` },
    el('a', { href: resourceHref(path.id), title: short(`${path.name}: ${words}`, 300), 'aria-label': short(`${path.name}: ${words}`, 300) },
      isBad ? '▲ ' : '', ms(p99Ms)));
};

/** {root, update(paths, worst first)}; hidden where no path says both ends. */
export const matrix = () => {
  const head = el('tr');
  const body = el('tbody');
  const note = el('p', { class: 'hint' });
  const root = el('section', { class: 'panel', hidden: true }, el('h2', {}, 'From where to where'), note,
    el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Matrix of paths' }, el('table', { class: 'path-matrix' }, el('thead', {}, head), body)));
  let told = '';
  return {
    root,
    update: (all) => {
      const paths = all.filter((path) => path.from && path.to).map((path) => ({ ...path, to: machineOf(path.to) }));
      const [from, to] = [endsOf(paths, 'from'), endsOf(paths, 'to')];
      const pairs = new Set(paths.filter((path) => from.includes(path.from) && to.includes(path.to)).map((path) => `${path.from}\n${path.to}`));
      // One end against many is the table again.
      root.hidden = paths.length < 2 || from.length < 2 || pairs.size < LEAST_FULL * from.length * to.length;
      if (root.hidden) return;
      const text = JSON.stringify(paths.map(({ id, state, window }) => [id, state, window.p99Ms, window.lossPercent]));
      if (text === told || root.contains(document.activeElement)) return;
      told = text;
      const worst = new Map();
      // Of two paths between the same ends the worse is shown.
      for (const path of paths) if (!worst.has(`${path.from}\n${path.to}`)) worst.set(`${path.from}\n${path.to}`, path);
      const left = new Set(paths.map((path) => path.to)).size - to.length;
      note.textContent = `p99 of the newest 10 s; ▲ is not as it should be.${left > 0 ? ` ${left} more ends are in the table.` : ''}`;
      fill(head, el('th', { scope: 'col' }, 'from \\ to'), to.map((end) => el('th', { scope: 'col', class: 'number', dir: 'auto', title: short(end, 200) }, short(end, 26))));
      fill(body, from.map((one) => el('tr', {}, el('th', { scope: 'row', dir: 'auto', title: short(one, 200) }, short(one, 26)),
        to.map((other) => cell(worst.get(`${one}\n${other}`))))));
    },
  };
};
