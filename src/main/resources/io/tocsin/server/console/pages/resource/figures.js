// The newest window of a resource in figures: efficiency and its four parts, latency, throughput.

import { el, fill } from '../../lib/dom.js';
import { bytes, ms, number, percent, perSecond, word } from '../../lib/format.js';
import { facts, gauge, table } from './parts.js';

const PARTS = [['cpuPercent', 'CPU'], ['memoryPercent', 'Memory'], ['ioPercent', 'IO'], ['networkPercent', 'Network']];

/** What the mission expects of a kind; the window itself says where it lies beside it. */
const BANDS = { VM: '5 to 15 %', CONTAINER: '1 to 3 %' };
const BESIDE = { BELOW: 'below', WITHIN: 'within', ABOVE: 'above' };

const OTHERS = [
  ['cpuPressurePercent', 'Waiting for CPU'], ['memoryPressurePercent', 'Waiting for memory'], ['ioPressurePercent', 'Waiting for IO'],
  ['stealPercent', 'Steal'], ['vcpuDelayPercent', 'vCPU delay'], ['throttledPercent', 'Throttled'], ['retransmitPercent', 'Retransmits'],
];

const overhead = (window, kind) => {
  if ((window.overheadPercent ?? null) === null) return null;
  const where = BESIDE[window.overheadBand];
  return [percent(window.overheadPercent), ' ',
    where ? el('span', { class: window.overheadBand === 'ABOVE' ? 'badge is-P2' : 'badge is-OK' }, `${where} ${BANDS[kind] ?? 'what is expected'}`) : null];
};

/** {root, update(window of efficiency, kind)} */
export const efficiency = () => {
  const share = el('p', { class: 'big' });
  const stack = el('div', { class: 'part-stack', role: 'img' }, PARTS.map((_, at) => el('span', { class: `part-${at + 1}` })));
  const bars = PARTS.map(([, name]) => gauge(name));
  const parts = table('The four parts', ['Part', 'mean, p99', 'mean', 'p95', 'p99', 'max'], [2, 3, 4, 5]);
  const rest = el('div', {});
  const root = el('section', { class: 'panel' }, el('h2', {}, 'Efficiency'), share, stack,
    el('p', { class: 'hint' }, 'Useful share: (CPU + memory) of (CPU + memory + IO + network), each as a percentage of the resource’s own, over 10 s.'), parts.root, rest);
  return {
    root,
    update: (window, kind) => {
      root.hidden = !window;
      if (!window) return;
      const sum = PARTS.reduce((so, [name]) => so + (window[name]?.mean ?? 0), 0);
      share.textContent = (window.efficiency ?? null) === null ? 'not known yet' : percent(window.efficiency * 100, 0);
      stack.setAttribute('aria-label', PARTS.map(([name, words]) => `${words} ${percent(window[name]?.mean)}`).join(', '));
      PARTS.forEach(([name], at) => { stack.children[at].style.width = `${sum ? ((window[name]?.mean ?? 0) / sum) * 100 : 0}%`; });
      parts.rows(PARTS.map(([name, words], at) => {
        const figure = window[name];
        bars[at].set((figure?.mean ?? 0) / 100, figure ? figure.p99 / 100 : null, `${words} ${percent(figure?.mean)}, p99 ${percent(figure?.p99)}`, `part-${at + 1}`);
        return [words, bars[at].root, percent(figure?.mean), percent(figure?.p95), percent(figure?.p99), percent(figure?.max)];
      }));
      fill(rest, facts([['Overhead', overhead(window, kind)],
        ...OTHERS.map(([name, words]) => [words, window[name] && `${percent(window[name].mean)}, p99 ${percent(window[name].p99)}`]),
        ['Fullest file system', (window.filesystemPercent ?? null) === null ? null : `${percent(window.filesystemPercent)} of ${window.filesystemName ?? '?'}`],
        ['Capacity', [window.cores && `${number(window.cores)} cores`, window.memoryBytes && bytes(window.memoryBytes)].filter(Boolean).join(', ')]]));
    },
  };
};

const SOURCES = { PROBES: 'probes', APPLICATION: 'the application' };

/** {root, update(latency windows)} */
export const latency = () => {
  const figures = table('Latency', ['From', 'p50', 'p90', 'p99', 'p99.9', 'jitter', 'loss', 'errors', 'count'], [1, 2, 3, 4, 5, 6, 7, 8]);
  const root = el('section', { class: 'panel' }, el('h2', {}, 'Latency'), figures.root,
    el('p', { class: 'hint' }, 'Over 10 s. Percentiles are within 1 % of the true value.'));
  const bad = (value) => (value > 0 ? el('strong', { class: 'is-P1' }, percent(value)) : percent(value));
  return {
    root,
    update: (windows) => {
      root.hidden = !windows.length;
      figures.rows(windows.map((each) => [SOURCES[each.source] ?? word(each.source), ms(each.p50Ms), ms(each.p90Ms), ms(each.p99Ms), ms(each.p999Ms),
        ms(each.jitterMs), bad(each.lossPercent), bad(each.errorPercent), number(each.count, 0)]));
    },
  };
};

const both = (flow, unit) => (flow ? `${unit(flow.mean)}, at most ${unit(flow.max)}` : null);
const rate = (value) => ((value ?? null) === null ? '–' : `${number(value)} /s`);

/** {root, update(throughput window)} */
export const throughput = () => {
  const sums = el('div', {});
  const links = table('Network interfaces', ['Link', 'in', 'out', 'packets in', 'packets out', 'lost', 'of its speed'], [1, 2, 3, 4, 5, 6]);
  const disks = table('Disks', ['Disk', 'read', 'written', 'reads', 'writes', 'busy'], [1, 2, 3, 4, 5]);
  const root = el('section', { class: 'panel' }, el('h2', {}, 'Throughput'), sums, links.root, disks.root);
  return {
    root,
    update: (window) => {
      root.hidden = !window;
      if (!window) return;
      fill(sums, facts([['In', both(window.rxBytesPerSecond, perSecond)], ['Out', both(window.txBytesPerSecond, perSecond)],
        ['Lost packets', both(window.lostPacketsPerSecond, rate)], ['Disk', both(window.diskBytesPerSecond, perSecond)],
        ['Disk operations', both(window.diskOperationsPerSecond, rate)], ['Requests', both(window.requestsPerSecond, rate)]]));
      links.root.hidden = !window.links?.length;
      disks.root.hidden = !window.disks?.length;
      links.rows((window.links ?? []).map((each) => [each.name, perSecond(each.rxBytesPerSecond.mean), perSecond(each.txBytesPerSecond.mean),
        rate(each.rxPacketsPerSecond.mean), rate(each.txPacketsPerSecond.mean), rate(each.lostPacketsPerSecond.mean), percent(each.utilisationPercent)]));
      disks.rows((window.disks ?? []).map((each) => [each.name, perSecond(each.readBytesPerSecond.mean), perSecond(each.writtenBytesPerSecond.mean),
        rate(each.readsPerSecond.mean), rate(each.writesPerSecond.mean), percent(each.busyPercent)]));
    },
  };
};

