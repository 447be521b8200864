// A list of any length of which only what is seen is in the document. One stop for Tab; the arrow keys go through it.

import { el } from './dom.js';

const BEYOND = 6; // rows kept above and below what is seen

/**
 * `build(key)` makes a row's content with one link or button in it, `patch(content, key)` brings it up to date. Rows are
 * `height` pixels high. Answers {root, set(keys), refresh(keys that changed)}.
 */
export const virtualList = ({ label, height, build, patch, signal }) => {
  const ground = el('ul', { class: 'virtual-ground', role: 'list', 'aria-label': label });
  const root = el('div', { class: 'virtual' }, ground);
  const rows = new Map();
  let keys = [];
  let current = 0;
  let isAsked = false;

  const link = (row) => row.querySelector('a, button');

  const draw = () => {
    isAsked = false;
    const from = Math.max(0, Math.floor(root.scrollTop / height) - BEYOND);
    const to = Math.min(keys.length, Math.ceil((root.scrollTop + root.clientHeight) / height) + BEYOND);
    const wanted = new Set(keys.slice(from, to));
    const focused = ground.contains(document.activeElement) ? document.activeElement.closest('li')?.dataset.of : undefined;
    for (const [key, row] of rows) {
      if (wanted.has(key) || String(key) === focused) continue;
      row.remove();
      rows.delete(key);
    }
    let before = ground.firstElementChild; // the document's order is what screen readers read
    for (let at = from; at < to; at += 1) {
      const key = keys[at];
      const row = rows.get(key) ?? el('li', { data: { of: key } }, build(key));
      rows.set(key, row);
      if (row === before) before = before.nextElementSibling;
      else ground.insertBefore(row, before);
      if (row.at !== at || row.of !== keys.length) {
        Object.assign(row, { at, of: keys.length });
        row.style.transform = `translateY(${at * height}px)`;
        row.setAttribute('aria-posinset', at + 1);
        row.setAttribute('aria-setsize', keys.length);
      }
      link(row).tabIndex = at === current ? 0 : -1;
    }
    const was = focused === undefined ? null : rows.get(keys.find((key) => String(key) === focused));
    if (was && !was.contains(document.activeElement)) link(was).focus({ preventScroll: true }); // moving a row takes its focus
  };

  const soon = () => {
    if (isAsked || signal.aborted) return;
    isAsked = true;
    requestAnimationFrame(draw);
  };

  const go = (to) => {
    current = Math.max(0, Math.min(keys.length - 1, to));
    if (current * height < root.scrollTop) root.scrollTop = current * height;
    if ((current + 1) * height > root.scrollTop + root.clientHeight) root.scrollTop = (current + 1) * height - root.clientHeight;
    draw();
    const row = rows.get(keys[current]);
    if (row) link(row).focus({ preventScroll: true });
  };

  ground.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(root.clientHeight / height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(current + steps[event.key]);
  });
  ground.addEventListener('focusin', (event) => {
    const row = event.target.closest('li');
    if (row) current = row.at;
  });
  root.addEventListener('scroll', soon, { passive: true });
  const watch = new ResizeObserver(soon);
  watch.observe(root);
  signal.addEventListener('abort', () => watch.disconnect());

  return {
    root,
    set: (newKeys) => {
      const held = keys[current];
      keys = newKeys;
      const again = keys.indexOf(held);
      const hasFocus = ground.contains(document.activeElement);
      current = hasFocus && again >= 0 ? again : Math.min(current, Math.max(0, keys.length - 1));
      ground.style.height = `${Math.max(1, keys.length * height)}px`;
      soon();
    },
    refresh: (changed) => {
      for (const key of changed) {
        const row = rows.get(key);
        if (row) patch(row.firstElementChild, key);
      }
    },
  };
};
