// The fleet as columns: 5,000 resources are a few arrays, and a change of state is one number.

const collator = new Intl.Collator(undefined, { numeric: true });

/** What stands in a cell, so that no state is told by colour alone. */
export const MARKS = { P0: 'P0', P1: 'P1', P2: 'P2', P3: 'P3', DOWN: '×', BOTTLENECK: 'B', UNKNOWN: '?', OK: '' };

/** States in words. */
export const WORDS = {
  P0: 'P0: system unavailable', P1: 'P1: core function affected', P2: 'P2: non-core function affected',
  P3: 'P3: slow', DOWN: 'down', BOTTLENECK: 'bottleneck', UNKNOWN: 'unknown', OK: 'as it should be',
};

/** Kinds of resources and of shortages in words. */
export const kindWord = (kind) => (['VM', 'CPU', 'IO'].includes(kind) ? kind : String(kind ?? '–').toLowerCase());

/** The columns of one answer of GET /fleet. `state` changes as changes are heard; all else stays. */
export class Fleet {
  constructor({ version, kinds, states, services, resources }) {
    const size = resources.length;
    Object.assign(this, { version, kinds, states, services, size });
    this.ids = resources.map((each) => each[0]);
    this.names = resources.map((each) => each[1] || each[0]);
    // A canvas obeys marks that turn text round, and would draw all of a long name.
    this.labels = this.names.map((name) => name.slice(0, 120).replace(/[\u0000-\u001f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''));
    this.kind = Uint8Array.from(resources, (each) => each[2]);
    this.parent = Int32Array.from(resources, (each) => each[3]);
    this.state = Uint8Array.from(resources, (each) => each[4]);
    this.service = Int32Array.from(resources, (each) => each[5]);
    this.indexOf = new Map(this.ids.map((id, i) => [id, i]));
    // Compared once: sorting by state afterwards only has to keep this order.
    this.byName = Uint32Array.from(this.ids.keys()).sort((a, b) => collator.compare(this.names[a], this.names[b]));
    this.words = this.ids.map((id, i) => `${this.names[i]} ${id} ${this.serviceOf(i)}`.slice(0, 300).toLowerCase());
  }

  stateOf(i) { return this.states[this.state[i]]; }

  kindOf(i) { return this.kinds[this.kind[i]]; }

  serviceOf(i) { return this.services[this.service[i]] ?? ''; }

  /** Where a resource is: what it runs on, and its service. */
  placeOf(i) {
    const on = this.parent[i] >= 0 ? `on ${this.names[this.parent[i]]}` : '';
    const of = this.serviceOf(i) && this.kindOf(i) !== 'SERVICE' ? `of ${this.serviceOf(i)}` : '';
    return [on, of].filter(Boolean).join(' ');
  }

  /** Takes a change that is newer than this; answers the places in the columns where something did. */
  apply({ version, states }) {
    if (version <= this.version) return [];
    this.version = version;
    const changed = [];
    for (const [id, state] of Object.entries(states)) {
      const i = this.indexOf.get(id);
      if (i !== undefined && this.state[i] !== state) {
        this.state[i] = state;
        changed.push(i);
      }
    }
    return changed;
  }

  /**
   * What a filter leaves: `order` worst first, then by name; `isIn` one by one; how many there are of each state and kind,
   * each counted as if it were not filtered by.
   */
  choose({ states, kinds, text }) {
    const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const byState = this.states.map(() => 0);
    const byKind = this.kinds.map(() => 0);
    const buckets = this.states.map(() => []);
    const isIn = new Uint8Array(this.size);
    for (const i of this.byName) {
      if (!wanted.every((each) => this.words[i].includes(each))) continue;
      const inStates = !states.size || states.has(this.stateOf(i));
      const inKinds = !kinds.size || kinds.has(this.kindOf(i));
      if (inKinds) byState[this.state[i]] += 1;
      if (inStates) byKind[this.kind[i]] += 1;
      if (inStates && inKinds) {
        buckets[this.state[i]].push(i);
        isIn[i] = 1;
      }
    }
    return { order: buckets.reverse().flat(), isIn, byState, byKind };
  }
}
