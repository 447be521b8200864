// One time axis of an incident: what was signalled, decided, told to people, done and checked. The picture is for the eye;
// the list below it holds the same for keyboard and screen reader.

import { el, svg, fill, short } from './dom.js';
import { scale, ticks } from './axis-scale.js';
import { span, timedText, timeOfDay } from './time.js';
import { slot } from './patch.js';
import { word } from './format.js';
import { axisList } from './axis-list.js';

export const LANES = [['signal', 'Signals'], ['decision', 'Decisions'], ['page', 'Pages'], ['action', 'Actions'], ['verification', 'Checks']];
const LANE = 34;
const TOP = 6;
const FOOT = 26;
const NEAR = 14; // markers nearer than this are drawn as one, in pixels
const NARROW = 560;
const BAD = /FAIL|FIRING|MISSED|NOT_VERIFIED|REFUSED|NEEDS_HUMAN|UNANSWERED|RAISED|OPENED|DEAD|STALE|LOST|UNKNOWN/;
const GOOD = /RESOLVED|VERIFIED|CLEARED|LOWERED|DELIVERED|SENT|EXECUTED|MITIGATED|REVERTED|APPROVED|FRESH|SETTLED/;

/** good, bad, waiting or plain: how an event looks; its words say the same. */
export const tone = (kind) =>
  /AWAITING|APPROVAL/.test(kind) ? 'waits' : /NOT_VERIFIED/.test(kind) ? 'bad' : GOOD.test(kind) ? 'good' : BAD.test(kind) ? 'bad' : 'plain';

const says = (item) => timedText(item.lane === 'signal' ? item.text : `${word(item.kind)}: ${item.text}`);

const clustered = (items, x) => {
  const found = [];
  for (const item of items) {
    const here = x(item.ms);
    const last = found.at(-1);
    if (last && here - last.x < NEAR) last.items.push(item);
    else found.push({ x: here, items: [item] });
  }
  return found;
};

const worst = (items) => ['bad', 'waits', 'good', 'plain'].find((each) => items.some((item) => item.tone === each));

const marker = (cluster, y, room, choose) => {
  const many = cluster.items.length;
  const letters = Math.floor((room - 16) / 6.4);
  const first = cluster.items[0];
  return svg('g', { class: `axis-mark is-${worst(cluster.items)}`, on: { click: () => choose(first) } },
    svg('title', {}, cluster.items.slice(0, 12).map((item) => `${timeOfDay(item.ms)} ${short(says(item), 160)}`).join('\n') + (many > 12 ? `\nand ${many - 12} more` : '')),
    svg('circle', { cx: cluster.x, cy: y, r: many > 1 ? 8.5 : 6 }),
    many > 1 ? svg('text', { x: cluster.x, y: y + 3.5, class: 'axis-count' }, many > 99 ? '99+' : String(many)) : null,
    letters >= 7 ? svg('text', { x: cluster.x + 13, y: y + 4, class: 'axis-label' }, short(many > 1 ? `${many} × ${says(first)}` : says(first), letters)) : null);
};

const picture = (items, width, view, isTrue, now, choose) => {
  const gutter = width < NARROW ? 4 : 82;
  const [a, b] = view;
  const room = Math.max(80, width - gutter - 14);
  const moments = items.flatMap((item) => [item.ms, item.untilMs]).filter((ms) => ms !== undefined);
  if (now) moments.push(now);
  const time = scale(moments, isTrue);
  const px = (share) => ((share - a) / (b - a)) * room;
  const x = (ms) => px(time.at(ms)) + gutter;
  const height = TOP + LANES.length * LANE + FOOT;
  const marks = ticks(time, px, room - 44, 76);
  const tenths = marks.length > 1 && marks[1] - marks[0] < 1000;
  const lanes = LANES.map(([name, label], i) => {
    const middle = TOP + i * LANE + LANE / 2;
    const own = items.filter((item) => item.lane === name);
    const found = clustered(own, x).filter((each) => each.x >= gutter - 10 && each.x <= gutter + room + 10);
    return [
      svg('line', { x1: gutter, x2: gutter + room, y1: middle, y2: middle, class: 'axis-line' }),
      gutter > 50 ? svg('text', { x: 2, y: middle + 4, class: 'axis-lane' }, label) : svg('text', { x: 4, y: middle - 8, class: 'axis-lane is-small' }, label),
      own.filter((item) => item.untilMs !== undefined).map((item) => {
        const from = Math.max(gutter, Math.min(x(item.ms), gutter + room));
        const to = Math.max(gutter, Math.min(x(item.untilMs), gutter + room));
        return svg('rect', { x: from, y: middle + 9, width: Math.max(0, to - from), height: 4, rx: 2, class: `axis-bar is-${item.tone}` });
      }),
      found.map((each, k) => marker(each, middle, (found[k + 1]?.x ?? gutter + room) - each.x - 4, choose)),
    ];
  });
  const foot = TOP + LANES.length * LANE;
  const labels = marks.map((ms, i) => {
    const here = x(ms);
    const next = marks[i + 1] === undefined ? null : x(marks[i + 1]);
    const gap = next === null ? 0 : marks[i + 1] - ms;
    return [
      svg('line', { x1: here, x2: here, y1: TOP, y2: foot, class: 'axis-tick' }),
      svg('text', { x: here, y: foot + 16, class: 'axis-time' },
        timeOfDay(ms) + (tenths ? `.${String(Math.floor((ms % 1000) / 100))}` : '')),
      !isTrue && next - here > 150 && gap > 120_000 ? svg('text', { x: (here + next) / 2 + 30, y: foot + 16, class: 'axis-gap' }, `⋯ ${span(gap)} ⋯`) : null,
    ];
  });
  const sight = now && x(now) <= gutter + room + 1 ? svg('line', { x1: x(now), x2: x(now), y1: TOP, y2: foot, class: 'axis-now' }) : null;
  return { node: svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Time axis; the list below says the same' }, labels, sight, lanes), gutter, room };
};

/** The axis: {root, update(events, isOpen)}; events as the API has them. */
export const axis = (signal) => {
  let items = [];
  const shown = new Set(LANES.map(([name]) => name));
  let view = [0, 1];
  let isTrue = false;
  let isOpen = false;
  let drawn = { gutter: 0, room: 1 };
  const host = el('div', { class: 'axis-host', tabindex: '0', role: 'group', 'aria-label': 'Time axis: plus and minus zoom, arrows move, 0 shows all' });
  const place = slot(host);
  const list = axisList();
  let redraws = 0;

  const visible = () => items.filter((item) => shown.has(item.lane));
  const draw = () => {
    const width = host.clientWidth;
    if (!width) return;
    drawn = picture(visible(), width, view, isTrue, isOpen ? Date.now() : 0, (item) => list.choose(item));
    place.set(redraws++, () => drawn.node);
  };
  const look = (from, to) => {
    const size = Math.min(1, Math.max(0.0005, to - from));
    const start = Math.min(1 - size, Math.max(0, from));
    view = [start, start + size];
    draw();
  };
  const zoom = (by, around = (view[0] + view[1]) / 2) => look(around - (around - view[0]) * by, around + (view[1] - around) * by);
  const pan = (by) => look(view[0] + by * (view[1] - view[0]), view[1] + by * (view[1] - view[0]));
  const button = (text, label, does) => el('button', { class: 'small', 'aria-label': label, title: label, on: { click: does } }, text);

  const mode = button('True time', 'Show every stretch of time in its true length', () => {
    isTrue = !isTrue;
    mode.setAttribute('aria-pressed', String(isTrue));
    look(0, 1);
  });
  mode.setAttribute('aria-pressed', 'false');
  const lanes = LANES.map(([name, label]) => {
    const chip = el('button', { class: 'filter-chip', 'aria-pressed': 'true', on: { click: () => {
      if (!shown.delete(name)) shown.add(name);
      chip.setAttribute('aria-pressed', String(shown.has(name)));
      draw();
      list.update(visible());
    } } }, label);
    return chip;
  });
  host.addEventListener('keydown', (event) => {
    const does = { '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), 0: () => look(0, 1), ArrowLeft: () => pan(-0.25), ArrowRight: () => pan(0.25) }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  // Dragging over a stretch looks at that stretch; a double click at all again.
  let from = null;
  const share = (event) => view[0] + ((event.clientX - host.getBoundingClientRect().left - drawn.gutter) / drawn.room) * (view[1] - view[0]);
  host.addEventListener('pointerdown', (event) => {
    from = event.pointerType === 'mouse' && event.button === 0 ? { share: share(event), x: event.clientX } : null;
  });
  host.addEventListener('pointerup', (event) => {
    if (from && Math.abs(event.clientX - from.x) > 12) look(Math.min(from.share, share(event)), Math.max(from.share, share(event)));
    from = null;
  });
  host.addEventListener('dblclick', () => look(0, 1));
  const sized = new ResizeObserver(draw);
  sized.observe(host);
  signal.addEventListener('abort', () => sized.disconnect());
  const ticking = setInterval(() => isOpen && document.visibilityState === 'visible' && draw(), 10_000);
  signal.addEventListener('abort', () => clearInterval(ticking));

  const root = el('section', { class: 'panel axis' },
    el('div', { class: 'row spread' }, el('h2', {}, 'What happened'),
      el('div', { class: 'row axis-tools' }, el('div', { class: 'filter-chips', role: 'group', 'aria-label': 'Lanes' }, lanes), mode,
        button('−', 'Zoom out', () => zoom(2)), button('+', 'Zoom in', () => zoom(0.5)), button('All', 'Show all', () => look(0, 1)))),
    host, list.root);
  return {
    root,
    update: (events, open) => {
      isOpen = open;
      items = events.map((event, i) => ({ ...event, i, ms: Date.parse(event.at), untilMs: event.until ? Date.parse(event.until) : undefined, tone: tone(event.kind ?? '') }));
      draw();
      list.update(visible());
    },
    fail: (node) => fill(host, node),
  };
};
