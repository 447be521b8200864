// Whether all still fits after hosts are lost, more is added, or load grows.

import { el, empty, failure, fill, short } from '../lib/dom.js';
import { bytes, number } from '../lib/format.js';
import { facts, loading } from '../lib/work.js';
import { patiently } from '../lib/patiently.js';

const MOST = 20;

const field = (name, label, value, props) => {
  const input = el('input', { type: 'number', name, id: `whatif-${name}`, step: 'any', ...props });
  input.value = value;
  return el('div', { class: 'filter' }, el('label', { for: `whatif-${name}` }, label), input);
};

const result = (answer) => {
  const over = answer.overcommit;
  return [
    el('p', { class: `fit ${answer.fits ? 'is-yes' : 'is-no'}` }, answer.fits ? '✓ It fits' : '✗ It does not fit',
      el('span', { class: 'soft small' }, `: ${number(answer.guests, 0)} workloads on ${number(answer.hosts, 0)} hosts`)),
    answer.changes?.length ? el('p', { class: 'small' }, 'After: ', answer.changes.join(', ')) : null,
    answer.left?.length ? el('div', {}, el('p', { class: 'strong' }, `No room for ${answer.left.length}:`), el('ul', { class: 'lines' }, answer.left.slice(0, MOST).map((box) =>
      el('li', {}, el('bdi', {}, short(box.id, 80)), `: ${number(box.cores, 2)} cores, ${bytes(box.memoryBytes)}`))),
    answer.left.length > MOST ? el('p', { class: 'hint' }, `and ${answer.left.length - MOST} more`) : null) : null,
    facts([['As it is now', answer.survivesAnyLoss ? 'any one host may be lost' : 'no host may be lost'],
      ['Given of what there is', over ? `CPU ${number(over.cpuPromised, 2)}, memory ${number(over.memoryPromised, 2)}` : null],
      ['Needed of what there is', over ? `CPU ${number(over.cpuNeeded, 2)}, memory ${number(over.memoryNeeded, 2)}` : null],
      ['Balloons could take back', over ? bytes(over.reclaimableBytes) : null],
      ['Left out, size not known', answer.leftOut?.length ? short(answer.leftOut.join(', '), 300) : null]]),
  ];
};

/** The form; `last` answers which history counts. */
export const whatIf = (host, last, signal) => {
  const run = el('button', { type: 'submit', class: 'primary' }, 'Does it fit?');
  const out = el('div', { role: 'status' }, empty('Nothing was asked yet.', 'Every workload is packed with what it needs, and a part of each host stays free.'));
  const form = el('form', { class: 'filters', on: { submit: async (event) => {
    event.preventDefault();
    run.disabled = true;
    fill(out, loading('Reading the history and packing'));
    try {
      const words = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== '' && value !== '0'));
      fill(out, result(await patiently('capacity/whatif', { last: last(), ...words }, signal)));
    } catch (failed) {
      if (!signal.aborted) fill(out, failure(failed), failed.problems?.length ? el('ul', { class: 'lines' }, failed.problems.map((each) => el('li', {}, short(String(each), 240)))) : null);
    }
    run.disabled = false;
  } } },
  field('lose', 'Hosts lost', 1, { min: 0, max: 10000, step: 1 }), field('grow', 'All grow by %', 0, { min: -99, max: 10000 }),
  field('add', 'VMs added', 0, { min: 0, max: 10000, step: 1 }), field('add-cores', 'cores of each', 1, { min: 0 }), field('add-memory', 'GiB of each', 2, { min: 0 }),
  el('details', { class: 'all-hosts' }, el('summary', {}, 'On hosts of one size instead of those that are known'), el('div', { class: 'filters' },
    field('hosts', 'Hosts', '', { min: 1, max: 1000, step: 1 }), field('host-cores', 'cores of each', '', { min: 0.1 }), field('host-memory', 'GiB of each', '', { min: 0.1 }))), run);
  fill(host, form, out);
};
