// Small lines of the last hour, one for each path that is shown. History is asked for many paths in one question.

import { get } from '../../lib/api.js';
import { svg } from '../../lib/dom.js';
import { ms } from '../../lib/format.js';
import { after } from '../resource/parts.js';

const WIDTH = 120;
const HEIGHT = 24;
const LONGEST = 900; // characters of ids in one question; history takes 1,024
const AGAIN = 120_000; // ms

/** Breaks the line where there is no figure. */
const pathOf = (values) => {
  const top = Math.max(...values.filter((each) => each !== null), 0.001);
  let isOn = false;
  return values.map((value, at) => {
    const word = value === null ? '' : `${isOn ? 'L' : 'M'}${((at / Math.max(1, values.length - 1)) * WIDTH).toFixed(1)} ${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`;
    isOn = value !== null;
    return word;
  }).join('');
};

const spark = (values) => {
  const known = values.filter((each) => each !== null);
  const words = `p99 of the last hour: at most ${ms(Math.max(...known))}, now ${ms(known.at(-1))}`;
  return svg('svg', { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': words },
    svg('path', { d: pathOf(values) }));
};

const chunks = (ids) => {
  const found = [[]];
  let length = 0;
  for (const id of ids) {
    if (length + id.length > LONGEST) {
      found.push([]);
      length = 0;
    }
    found.at(-1).push(id);
    length += id.length + 1;
  }
  return found.filter((each) => each.length);
};

/** {of(id): the line, want(ids): those that are looked at, onChange(f)} */
export const sparks = (signal) => {
  const values = new Map(); // id → {at, values}
  let wanted = [];
  let tell = () => {};
  let isAsking = false;

  const load = async () => {
    const now = Date.now();
    // An asterisk or comma in an id would ask for others.
    const old = wanted.filter((id) => !/[*,]/.test(id) && !(values.get(id)?.at > now - AGAIN));
    if (!old.length || isAsking) return;
    isAsking = true;
    try {
      for (const ids of chunks(old)) {
        const { rows } = await get('history', { resource: ids.join(), figure: 'latency_p99_ms', last: '1h', step: '1m' }, { signal });
        const found = new Map(ids.map((id) => [id, []]));
        for (const row of rows) if (row.part !== 'APPLICATION') found.get(row.resource)?.push(row.values[0]);
        found.forEach((each, id) => values.set(id, { at: now, values: each }));
        if (signal.aborted) return;
        tell();
      }
    } catch {
      // the table says all else; lines come with the next question
    } finally {
      isAsking = false;
    }
  };
  const soon = after(300, load, signal);
  return {
    of: (id) => {
      const known = values.get(id)?.values ?? [];
      return known.filter((each) => each !== null).length > 1 ? spark(known) : '–'; // one point is no line
    },
    want: (ids) => {
      wanted = ids;
      soon();
    },
    onChange: (listener) => { tell = listener; },
  };
};
