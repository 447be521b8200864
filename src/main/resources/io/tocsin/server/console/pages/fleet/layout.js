// Where everything of the map goes. Pure: the fleet, what of it is chosen and how wide the map is give the places.

const GAP = 8; // between blocks
const PAD = 5; // within a block
const HEAD = 20; // a block's first line: its host or service
const TITLE = 26; // a section's title

/** Sizes by level: one cell, and how wide a block is at least. */
export const LEVELS = {
  summary: { block: 150, tile: 44 },
  cells: { w: 14, h: 14, space: 3, block: 148 },
  names: { w: 128, h: 20, space: 3, block: 290 },
};

/** States from here on are worth a wider cell, with its name in it. */
const BAD = 'DOWN';

const worst = (fleet, members) => members.reduce((most, i) => Math.max(most, fleet.state[i]), 0);

/** Who runs on whom, of what is chosen; what a filter left out is kept where something in it is chosen. */
const trees = (fleet, isIn) => {
  const seen = Uint8Array.from(isIn);
  for (let i = 0; i < fleet.size; i += 1) {
    if (!isIn[i] || isBeside(fleet, i)) continue;
    for (let up = fleet.parent[i]; up >= 0 && !seen[up]; up = fleet.parent[up]) seen[up] = 2;
  }
  const children = new Map();
  const roots = [];
  for (const i of fleet.byName) {
    if (!seen[i] || isBeside(fleet, i)) continue;
    const parent = fleet.parent[i];
    if (parent < 0 || isBeside(fleet, parent)) roots.push(i);
    else if (children.has(parent)) children.get(parent).push(i);
    else children.set(parent, [i]);
  }
  return { children, roots };
};

const isBeside = (fleet, i) => fleet.kindOf(i) === 'ENDPOINT' || fleet.kindOf(i) === 'SERVICE';

/** All below a resource, itself first. A list that grows while it is read; one that runs on itself is met once. */
const all = (root, children) => {
  const found = [root];
  const met = new Set(found);
  for (const each of found) {
    for (const child of children.get(each) ?? []) {
      if (!met.has(child)) {
        met.add(child);
        found.push(child);
      }
    }
  }
  return found;
};

const worstFirst = (fleet, members) => [...members].sort((a, b) => fleet.state[b] - fleet.state[a]);

/** Cells in rows; those that are bad take the room of two. Answers the size of what was placed. */
const flow = (places, fleet, members, left, top, width, size) => {
  const bad = fleet.states.indexOf(BAD);
  let x = 0;
  let y = 0;
  let widest = 0;
  for (const i of members) {
    const w = size.w < 30 && fleet.state[i] >= bad ? size.w * 2 + size.space : size.w;
    if (x > 0 && x + w > width) {
      x = 0;
      y += size.h + size.space;
    }
    places.put(i, left + x, top + y, Math.min(w, width), size.h);
    x += w + size.space;
    widest = Math.max(widest, x - size.space);
  }
  return { w: widest, h: members.length ? y + size.h : 0 };
};

/** What runs on a host: a box for each that has something on it, then the single ones. Answers the height. */
const nest = (places, fleet, block, children, width, size) => {
  const { root, x: left, y: top } = block;
  const own = (children.get(root) ?? []).map((child) => ({ child, within: all(child, children) }));
  const boxes = own.filter(({ within }) => within.length > 1)
    .map((each) => ({ ...each, worst: worst(fleet, each.within) })).sort((a, b) => b.worst - a.worst);
  const single = worstFirst(fleet, own.filter(({ within }) => within.length === 1).map(({ child }) => child));
  const worse = single.filter((i) => fleet.state[i] > (boxes[0]?.worst ?? fleet.states.length)); // than all the boxes
  let x = 0;
  let y = flow(places, fleet, worse, left, top, width, size).h;
  if (y) y += size.space;
  let row = 0;
  for (const { child, within, worst: most } of boxes) {
    const room = width - 6;
    const one = flow(places, fleet, [child, ...worstFirst(fleet, within.slice(1))], 0, 0, room, size);
    if (x > 0 && x + one.w + 6 > width) {
      x = 0;
      y += row + size.space;
      row = 0;
    }
    places.move(within, left + x + 3, top + y + 3);
    block.boxes.push({ x: left + x, y: top + y, w: one.w + 6, h: one.h + 6, worst: most, within });
    x += one.w + 6 + size.space;
    row = Math.max(row, one.h + 6);
  }
  if (boxes.length) y += row + size.space;
  return y + flow(places, fleet, single.slice(worse.length), left, top + y, width, size).h;
};

class Places {
  constructor(size) {
    this.x = new Float32Array(size);
    this.y = new Float32Array(size);
    this.w = new Float32Array(size);
    this.h = new Float32Array(size);
  }

  put(i, x, y, w, h) {
    this.x[i] = x;
    this.y[i] = y;
    this.w[i] = w;
    this.h[i] = h;
  }

  move(members, dx, dy) {
    for (const i of members) {
      this.x[i] += dx;
      this.y[i] += dy;
    }
  }
}

/** The blocks before they have a place: {title, root or -1, members, wide}. */
const blocksOf = (fleet, chosen, by) => {
  if (by === 'service') {
    const members = new Map();
    const heads = new Map();
    for (const i of fleet.byName) {
      if (fleet.kindOf(i) === 'SERVICE') heads.set(fleet.service[i] < 0 ? `${i}` : fleet.service[i], i);
      if (!chosen.isIn[i]) continue;
      const service = fleet.kindOf(i) === 'SERVICE' && fleet.service[i] < 0 ? `${i}` : fleet.service[i];
      if (members.has(service)) members.get(service).push(i);
      else members.set(service, [i]);
    }
    const blocks = [...members].map(([service, each]) => {
      const root = heads.get(service) ?? -1;
      return { root, title: root >= 0 ? fleet.labels[root] : fleet.services[service] ?? 'of no service',
        members: root >= 0 ? [root, ...each.filter((i) => i !== root)] : each };
    });
    return { sections: [['Services', blocks]], children: new Map() };
  }
  const { children, roots } = trees(fleet, chosen.isIn);
  const beside = (kind, title) => {
    const members = chosen.order.filter((i) => fleet.kindOf(i) === kind);
    return members.length ? [{ root: -1, title, members, wide: true, kind }] : [];
  };
  const hosts = roots.map((root) => ({ root, title: fleet.labels[root], members: all(root, children) }));
  return { sections: [['', [...beside('SERVICE', 'Services'), ...beside('ENDPOINT', 'Endpoints')]], ['Hosts', hosts]], children };
};

/** The map: {x, y, w, h by resource, blocks, titles, height, width}. Blocks are worst first, then by name. */
export const layout = (fleet, chosen, { width, level, by }) => {
  const size = LEVELS[level];
  const places = new Places(fleet.size);
  const room = Math.max(1, Math.floor((width + GAP) / (size.block + GAP)));
  const { sections, children } = blocksOf(fleet, chosen, by);
  const blocks = [];
  const titles = [];
  let top = 0;
  for (const [title, own] of sections) {
    if (!own.length) continue;
    const wide = own.filter((block) => block.wide && level !== 'summary');
    const others = own.filter((block) => !wide.includes(block))
      .map((block) => Object.assign(block, { worst: worst(fleet, block.members) })).sort((a, b) => b.worst - a.worst);
    if (title) {
      titles.push({ text: title, count: own.length, y: top });
      top += TITLE;
    }
    // Few blocks share the width; tiles are all of one size.
    const columns = level === 'summary' ? room : Math.max(1, Math.min(room, others.length));
    const column = (width - GAP * (columns - 1)) / columns;
    const ends = new Array(columns).fill(top);
    for (const block of wide) {
      Object.assign(block, { x: 0, y: Math.max(...ends), w: width, worst: worst(fleet, block.members), boxes: [] });
      const inner = flow(places, fleet, worstFirst(fleet, block.members), PAD, block.y + HEAD + PAD, width - 2 * PAD, size);
      block.h = HEAD + inner.h + 2 * PAD;
      ends.fill(block.y + block.h + GAP);
    }
    for (const block of others) {
      const at = ends.indexOf(Math.min(...ends));
      Object.assign(block, { x: at * (column + GAP), y: ends[at], w: column, boxes: [] });
      block.h = level === 'summary' ? size.tile : place(places, fleet, block, children, size, by);
      if (level === 'summary' && block.root >= 0) places.put(block.root, block.x, block.y, block.w, block.h);
      ends[at] += block.h + GAP;
    }
    blocks.push(...wide, ...others);
    top = Math.max(...ends) + GAP;
  }
  return { x: places.x, y: places.y, w: places.w, h: places.h, blocks, titles, width, height: Math.max(0, top) };
};

/** Places what a block holds; answers the block's height. */
const place = (places, fleet, block, children, size, by) => {
  if (block.root >= 0) places.put(block.root, block.x, block.y, block.w, HEAD);
  const inside = { ...block, x: block.x + PAD, y: block.y + HEAD + PAD };
  const width = block.w - 2 * PAD;
  const rest = block.members.filter((i) => i !== block.root);
  if (!rest.length) return HEAD;
  const height = by === 'service'
    ? flow(places, fleet, worstFirst(fleet, rest), inside.x, inside.y, width, size).h
    : nest(places, fleet, inside, children, width, size);
  return HEAD + height + 2 * PAD;
};
