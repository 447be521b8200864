// Draws blocks and cells. Colours are those of the page's variables, read once for each theme.

import { MARKS } from './model.js';

const NAMES = ['panel', 'raised', 'line', 'text', 'soft', 'p0', 'p1', 'p2', 'p3', 'ok', 'unknown'];

/** The colours as the browser resolves them: a variable itself may hold light-dark(). */
export const colours = (within) => {
  const probe = document.createElement('span');
  within.append(probe);
  const found = {};
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
};

const OF_STATE = { P0: 'p0', P1: 'p1', P2: 'p2', P3: 'p3', DOWN: 'p0', BOTTLENECK: 'p1', UNKNOWN: 'unknown', OK: 'ok' };
const SOLID = new Set(['P0', 'P1', 'P2', 'P3']);
const FONT = 'system-ui, sans-serif';

/** Cut to what fits; measured by the letter, as measuring each text would cost more than drawing it. */
const fit = (text, width, letter) => {
  const most = Math.max(1, Math.floor(width / letter));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};

const box = (ctx, x, y, w, h, round) => {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, round);
};

/** Kinds differ in their corners: endpoints are round, VMs and services half, containers square. */
const roundOf = (kind, h) => ({ ENDPOINT: h / 2, VM: 4, SERVICE: 4 })[kind] ?? 2;

/** A resource's own cell: filled (an incident), framed with a mark (down, bottleneck, unknown), or a quiet tint. */
export const cell = (ctx, palette, fleet, i, x, y, w, h, isNamed) => {
  const state = fleet.stateOf(i);
  const colour = palette[OF_STATE[state] ?? 'unknown'];
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour;
  box(ctx, x, y, w, h, roundOf(fleet.kindOf(i), h));
  if (SOLID.has(state)) {
    ctx.fill();
  } else {
    ctx.globalAlpha = state === 'OK' && !isNamed ? 0.5 : 0.14;
    ctx.fill();
    ctx.globalAlpha = 1;
    if (state !== 'OK') {
      ctx.lineWidth = state === 'DOWN' ? 2 : 1;
      ctx.setLineDash(state === 'UNKNOWN' ? [2, 2] : []);
      box(ctx, x + 0.75, y + 0.75, w - 1.5, h - 1.5, roundOf(fleet.kindOf(i), h));
      ctx.stroke();
      ctx.setLineDash([]);
    }
  }
  const whole = MARKS[state] ?? '?';
  const mark = !isNamed && w < 20 ? whole.slice(-1) : whole; // it got worse since it was given its room
  const ink = SOLID.has(state) ? palette.panel : colour;
  if (isNamed) {
    ctx.font = `12px ${FONT}`;
    ctx.textAlign = 'left';
    ctx.fillStyle = SOLID.has(state) ? palette.panel : palette.text;
    ctx.fillText(fit(mark ? `${mark} ${fleet.labels[i]}` : fleet.labels[i], w - 10, 6.4), x + 5, y + h / 2 + 1, w - 8);
  } else if (mark && h >= 9) {
    ctx.font = `700 ${state === 'DOWN' ? 14 : Math.min(11, h - 3)}px ${FONT}`;
    ctx.textAlign = 'center';
    ctx.fillStyle = ink;
    ctx.fillText(mark, x + w / 2, y + h / 2 + 0.5);
  }
};

const frame = (ctx, palette, fleet, each, round) => {
  const state = fleet.states[each.worst];
  const isBad = each.worst >= fleet.states.indexOf('BOTTLENECK');
  ctx.strokeStyle = isBad ? palette[OF_STATE[state]] : palette.line;
  ctx.lineWidth = isBad ? 1.5 : 1;
  box(ctx, each.x + 0.5, each.y + 0.5, each.w - 1, each.h - 1, round);
  ctx.stroke();
};

const chip = (ctx, palette, state, right, middle) => {
  const mark = MARKS[state];
  if (!mark) return 0;
  const width = mark.length > 1 ? 24 : 16;
  const colour = palette[OF_STATE[state]];
  box(ctx, right - width, middle - 7, width, 14, 3);
  ctx.fillStyle = SOLID.has(state) ? colour : palette.panel;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.font = `700 11px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.fillStyle = SOLID.has(state) ? palette.panel : colour;
  ctx.fillText(mark, right - width / 2, middle + 0.5);
  return width + 4;
};

/** A block as one tile: name, worst state of all in it, how many there are. */
const tile = (ctx, palette, fleet, block) => {
  const bad = block.members.filter((i) => fleet.state[i] >= fleet.states.indexOf('BOTTLENECK')).length;
  const used = chip(ctx, palette, fleet.states[block.worst], block.x + block.w - 6, block.y + 14);
  ctx.textAlign = 'left';
  ctx.font = `600 12px ${FONT}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(fit(block.title, block.w - 14 - used, 6.6), block.x + 7, block.y + 14, block.w - 12 - used);
  ctx.font = `11px ${FONT}`;
  ctx.fillStyle = palette.soft;
  ctx.fillText(`${block.members.length} here${bad ? `, ${bad} bad` : ''}`, block.x + 7, block.y + 31, block.w - 12);
};

/** A block with all in it. `worst` is worked out again: it is drawn because something changed. */
export const paintBlock = (ctx, palette, fleet, places, block, level) => {
  block.worst = block.members.reduce((most, i) => Math.max(most, fleet.state[i]), 0);
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.panel;
  box(ctx, block.x, block.y, block.w, block.h, 6);
  ctx.fill();
  frame(ctx, palette, fleet, block, 6);
  if (level === 'summary') {
    tile(ctx, palette, fleet, block);
    return;
  }
  const { x, y, w, h } = places;
  const used = block.root >= 0 ? chip(ctx, palette, fleet.stateOf(block.root), block.x + block.w - 4, block.y + 10.5) : 0;
  ctx.textAlign = 'left';
  ctx.font = `600 11.5px ${FONT}`;
  ctx.fillStyle = palette.text;
  const title = block.root >= 0 ? block.title : `${block.title} (${block.members.length})`;
  ctx.fillText(fit(title, block.w - 12 - used, 6), block.x + 6, block.y + 11, block.w - 10 - used);
  for (const each of block.boxes) {
    each.worst = each.within.reduce((most, i) => Math.max(most, fleet.state[i]), 0);
    frame(ctx, palette, fleet, each, 4);
  }
  for (const i of block.members) {
    if (i !== block.root && w[i]) cell(ctx, palette, fleet, i, x[i], y[i], w[i], h[i], level === 'names');
  }
};

export const paintTitle = (ctx, palette, { text, count, y }) => {
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.font = `600 13px ${FONT}`;
  ctx.fillStyle = palette.soft;
  ctx.fillText(`${text} · ${count.toLocaleString()}`, 0, y + 12);
};
