// The map as one widget: a canvas that is as large as what is seen of it, whatever the fleet's size. The mouse and the arrow
// keys move a cursor, which is an element above the canvas, so that moving draws nothing.

import { el } from '../../lib/dom.js';
import { lately } from '../resource/parts.js';
import { layout } from './layout.js';
import { colours, paintBlock, paintTitle } from './paint.js';

const HELD_FOR = 15_000; // ms after the last move of somebody's hand
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * `tell(i, byKeys)` hears where the cursor is (-1: nowhere), `open(i)` what was chosen, `openKind(kind)`
 * that all of a kind was. Answers {root, show(fleet, chosen, how),
 * changed(places), isHeld()}: held while somebody points at it, when moving things would be rude.
 */
export const fleetMap = ({ tell, open, openKind, signal }) => {
  const canvas = el('canvas', { 'aria-hidden': 'true' });
  const cursor = el('div', { class: 'fleet-cursor', hidden: true });
  const ground = el('div', { class: 'fleet-ground' }, canvas, cursor);
  const root = el('div', { class: 'fleet-map', tabindex: '0', role: 'application', 'aria-roledescription': 'map',
    'aria-label': 'Map of the fleet. Arrow keys move, Enter opens, Home goes to the worst. The list after it says the same.' }, ground);
  const ctx = canvas.getContext('2d');
  let palette = null;
  let state = null; // {fleet, chosen, how, map, blockOf}
  let at = -1;
  const isHeld = lately(root, HELD_FOR, signal);
  let isAsked = false;

  const size = () => {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [ground.clientWidth, root.clientHeight];
    const [width, height] = [Math.round(w * ratio), Math.round(h * ratio)];
    if (canvas.width === width && canvas.height === height) return; // setting it makes a new one
    canvas.style.width = `${w}px`;
    canvas.style.height = `${h}px`;
    canvas.width = width;
    canvas.height = height;
  };

  const onScreen = (each) => each.y + each.h >= root.scrollTop && each.y <= root.scrollTop + root.clientHeight;

  /** Draws all that is seen, or only some blocks of it. */
  const paint = (only) => {
    const ratio = window.devicePixelRatio || 1;
    palette ??= colours(root);
    ctx.setTransform(ratio, 0, 0, ratio, 0, -root.scrollTop * ratio);
    if (!only) {
      ctx.clearRect(0, root.scrollTop, ground.clientWidth, root.clientHeight);
      for (const title of state.map.titles) paintTitle(ctx, palette, title);
    }
    for (const block of only ?? state.map.blocks) {
      if (!onScreen(block)) continue;
      if (only) ctx.clearRect(block.x, block.y, block.w, block.h);
      paintBlock(ctx, palette, state.fleet, state.map, block, state.how.level);
    }
  };

  const soon = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      if (state && !signal.aborted) paint();
    });
  };

  const arrange = () => {
    size();
    const map = layout(state.fleet, state.chosen, { width: ground.clientWidth, ...state.how });
    state.map = map;
    state.blockOf = new Map(map.blocks.flatMap((block) => block.members.map((i) => [i, block])));
    ground.style.height = `${Math.max(map.height, 1)}px`;
    put(at >= 0 && map.w[at] && document.activeElement === root ? at : -1);
    tell(at, false, at < 0 ? null : place());
    paint();
  };

  const put = (i) => {
    at = i;
    cursor.hidden = i < 0;
    if (i < 0) return;
    const { x, y, w, h } = state.map;
    cursor.style.transform = `translate(${x[i] - 3}px, ${y[i] - 3}px)`;
    cursor.style.width = `${w[i] + 6}px`;
    cursor.style.height = `${h[i] + 6}px`;
  };

  /** Where the cursor is on the screen, and what is within where it stands on a whole block. */
  const place = () => {
    const { x, y, w, h } = state.map;
    const block = state.blockOf.get(at);
    return { x: x[at], y: y[at] - root.scrollTop, w: w[at], h: h[at], within: block?.root === at ? block.members : [] };
  };

  const moveTo = (i, byKeys) => {
    if (i === at) return;
    put(i);
    tell(i, byKeys, i < 0 ? null : place());
  };

  const blockUnder = (px, py) => state.map.blocks.find((each) => px >= each.x && px <= each.x + each.w && py >= each.y && py <= each.y + each.h);

  const pointOf = (event) => {
    const frame = root.getBoundingClientRect();
    return [event.clientX - frame.left - root.clientLeft, event.clientY - frame.top - root.clientTop + root.scrollTop];
  };

  const under = (event) => {
    const [px, py] = pointOf(event);
    const { x, y, w, h } = state.map;
    const isIn = (i) => px >= x[i] - 1 && px <= x[i] + w[i] + 1 && py >= y[i] - 1 && py <= y[i] + h[i] + 1 && w[i] > 0;
    return blockUnder(px, py)?.members.find(isIn) ?? -1;
  };

  /** The next one in a direction: near along it, nearer still beside it. */
  const next = ([dx, dy]) => {
    const { x, y, w, h } = state.map;
    const middle = (i) => [x[i] + Math.min(w[i], 40) / 2, y[i] + h[i] / 2];
    const [ox, oy] = middle(at);
    let best = at;
    let least = Infinity;
    for (const i of state.blockOf.keys()) {
      if (!w[i] || i === at) continue;
      const [px, py] = middle(i);
      const along = (px - ox) * dx + (py - oy) * dy;
      const away = Math.abs((px - ox) * dy) + Math.abs((py - oy) * dx);
      const far = along + 3 * away;
      if (along > 2 && far < least) {
        least = far;
        best = i;
      }
    }
    return best;
  };

  const reveal = (i) => {
    const { y, h } = state.map;
    if (y[i] < root.scrollTop + 24) root.scrollTop = Math.max(0, y[i] - 60);
    else if (y[i] + h[i] > root.scrollTop + root.clientHeight - 24) root.scrollTop = y[i] + h[i] - root.clientHeight + 60;
  };

  const placed = () => state.chosen.order.filter((i) => state.map.w[i] > 0);

  root.addEventListener('keydown', (event) => {
    if (!state || event.altKey || event.ctrlKey || event.metaKey) return;
    let to = -1;
    if (ARROWS[event.key]) to = at < 0 ? placed()[0] ?? -1 : next(ARROWS[event.key]);
    else if (event.key === 'Home') [to = -1] = placed();
    else if (event.key === 'End') to = placed().at(-1) ?? -1;
    else if (event.key === 'Enter' && at >= 0) open(at);
    else if (event.key === 'Escape') moveTo(-1, true);
    else return;
    event.preventDefault();
    if (to < 0) return;
    reveal(to);
    moveTo(to, true);
  });
  root.addEventListener('pointermove', (event) => {
    if (state && event.pointerType !== 'touch') moveTo(under(event), false);
    root.classList.toggle('is-on', at >= 0);
  });
  root.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'touch' && document.activeElement !== root) moveTo(-1, false);
  });
  root.addEventListener('click', (event) => {
    if (!state) return;
    const i = under(event);
    const kind = blockUnder(...pointOf(event))?.kind;
    if (i < 0 && kind && state.how.level === 'summary') openKind(kind);
    if (i < 0) return;
    // A cell is smaller than a finger: the first touch says what it is, the second opens it.
    if (event.pointerType === 'touch' && i !== at) moveTo(i, true);
    else open(i);
  });
  root.addEventListener('scroll', () => {
    soon();
    if (at >= 0) tell(at, false, place());
  }, { passive: true });
  const watch = new ResizeObserver(() => state && ground.clientWidth && arrange());
  watch.observe(root);
  const theme = matchMedia('(prefers-color-scheme: dark)');
  const repaint = () => {
    palette = null;
    soon();
  };
  theme.addEventListener('change', repaint);
  window.addEventListener('tocsin:theme', repaint, { signal });
  signal.addEventListener('abort', () => {
    watch.disconnect();
    theme.removeEventListener('change', repaint);
  });

  return {
    root,
    isHeld,
    show: (fleet, chosen, how) => {
      state = { fleet, chosen, how };
      if (ground.clientWidth) arrange();
    },
    changed: (indices) => {
      if (state?.map) paint(new Set(indices.map((i) => state.blockOf.get(i)).filter(Boolean)));
    },
  };
};
