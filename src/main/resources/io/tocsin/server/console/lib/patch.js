// Changes what is on the page in place, so that focus, scroll, selection and open details stay.

import { fill } from './dom.js';

/** A place whose content is made anew only if its key changed. */
export const slot = (node) => {
  let was;
  return {
    node,
    set(key, build) {
      if (key === was) return;
      was = key;
      fill(node, build());
    },
  };
};

/**
 * Keeps the children of `parent` in step with `items`. `make(item)` answers {node, patch(item)}; `rows` is a Map of the
 * caller's that remembers them by key.
 */
export const keyed = (parent, rows, items, key, make) => {
  const wanted = new Set(items.map(key));
  let neighbour = null; // who had the focus in a row that goes finds it in the next one
  for (const [name, row] of rows) {
    if (!wanted.has(name)) {
      if (row.node.contains(document.activeElement)) neighbour = row.node.nextElementSibling ?? row.node.previousElementSibling;
      row.node.remove();
      rows.delete(name);
    }
  }
  let at = parent.firstElementChild;
  for (const item of items) {
    let row = rows.get(key(item));
    if (!row) rows.set(key(item), (row = make(item)));
    row.patch(item);
    if (row.node === at) {
      at = at.nextElementSibling;
    } else {
      const focused = row.node.contains(document.activeElement) ? document.activeElement : null;
      parent.insertBefore(row.node, at); // a node that is moved loses the focus
      focused?.focus({ preventScroll: true });
    }
  }
  if (neighbour?.isConnected) neighbour.querySelector('a, button')?.focus({ preventScroll: true });
};

const SHARE = 4; // drawing takes at most about this part of the time, so that people can go on working in a storm of events

/** Runs `draw` at most once per animation frame, however often it is asked for; less often where it takes long. */
export const framed = (draw, signal) => {
  let asked = false;
  let notBefore = 0;
  const run = () => requestAnimationFrame(() => {
    asked = false;
    if (signal?.aborted) return;
    const began = performance.now();
    draw();
    const now = performance.now();
    notBefore = now + (SHARE - 1) * (now - began);
  });
  return () => {
    if (asked || signal?.aborted) return;
    asked = true;
    const wait = notBefore - performance.now();
    if (wait > 16) setTimeout(run, wait);
    else run();
  };
};
