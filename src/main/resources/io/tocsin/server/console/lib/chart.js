// Lines over time with uPlot, which is loaded when the first chart is drawn.

import { el } from './dom.js';
import { timeOfDay } from './time.js';

let loading;
const library = () =>
  (loading ??= new Promise((done, failed) => {
    const script = el('script', { src: 'charts/dist/uPlot.iife.min.js' });
    script.onload = () => done(window.uPlot);
    script.onerror = () => failed(new Error('the chart library could not be loaded'));
    document.head.append(script);
  }));

/** A colour variable as a canvas understands it; the variable itself may still say light-dark(…). */
export const colour = (name) => {
  const probe = el('i', { hidden: true });
  probe.style.setProperty('color', `var(${name})`);
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** Labels of the time axis: seconds, minutes or days, whatever tells two ticks apart. */
const dates = (ticks) => {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 60;
  return ticks.map((tick) => (step >= 86_400 ? day.format(tick * 1000)
    : new Date(tick * 1000).getHours() === 0 && step >= 3600 ? day.format(tick * 1000) : timeOfDay(tick * 1000).slice(0, step < 60 ? 8 : 5)));
};

/**
 * A chart. `series` is [{label, values, unit: v => text, colour: '--line-1'}], `times` in seconds; `marks` is
 * [{at: seconds, label}] drawn as vertical lines. Answers {root, update(times, values[], marks)}.
 */
export const lines = (title, times, series, { height = 180, marks = [], signal } = {}) => {
  const root = el('figure', { class: 'chart' }, el('figcaption', {}, title));
  const host = el('div', { class: 'chart-body' });
  root.append(host);
  let plot;
  let data = [times, ...series.map((each) => each.values)];
  let lifted = marks;
  const drawMarks = (u) => {
    u.ctx.save();
    u.ctx.strokeStyle = colour('--mark');
    u.ctx.fillStyle = colour('--mark');
    u.ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    u.ctx.textAlign = 'left';
    u.ctx.setLineDash([4, 4]);
    for (const mark of lifted) {
      const x = u.valToPos(mark.at, 'x', true);
      if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) continue;
      u.ctx.beginPath();
      u.ctx.moveTo(x, u.bbox.top);
      u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
      u.ctx.stroke();
      u.ctx.fillText(mark.label ?? '', x + 4 * devicePixelRatio, u.bbox.top + 12 * devicePixelRatio);
    }
    u.ctx.restore();
  };
  const options = (UPlot) => ({
    width: Math.max(240, host.clientWidth),
    height,
    cursor: { drag: { x: true, y: false } },
    legend: { live: true },
    hooks: { draw: [drawMarks] },
    axes: [
      { stroke: colour('--soft'), grid: { stroke: colour('--grid') }, ticks: { stroke: colour('--grid') }, values: (u, ticks) => dates(ticks) },
      { stroke: colour('--soft'), grid: { stroke: colour('--grid') }, ticks: { stroke: colour('--grid') }, size: (u, labels) => 24 + 7 * Math.max(4, ...(labels ?? []).map((each) => each.length)), space: 26,
        values: (u, ticks) => ticks.map((tick) => series[0].unit?.(tick) ?? String(tick)) },
    ],
    series: [{ value: (u, t) => (t ? timeOfDay(t * 1000) : '–') },
      ...series.map((each, i) => ({
        label: each.label, stroke: colour(each.colour ?? `--line-${(i % 6) + 1}`), width: 1.5, spanGaps: false,
        points: { show: false }, value: (u, v) => (v === null || v === undefined ? '–' : each.unit?.(v) ?? String(v)),
      }))],
  });
  library().then((UPlot) => {
    if (signal?.aborted) return;
    const make = () => {
      plot?.destroy();
      plot = new UPlot(options(UPlot), data, host);
    };
    make();
    window.addEventListener('tocsin:theme', make, { signal });
    const sized = new ResizeObserver(() => plot.setSize({ width: Math.max(240, host.clientWidth), height }));
    sized.observe(host);
    signal?.addEventListener('abort', () => {
      sized.disconnect();
      plot.destroy();
    });
  }).catch((failed) => host.append(el('p', { class: 'quiet-text' }, failed.message)));
  return {
    root,
    update: (newTimes, values, newMarks = lifted) => {
      data = [newTimes, ...values];
      lifted = newMarks;
      plot?.setData(data);
    },
  };
};
