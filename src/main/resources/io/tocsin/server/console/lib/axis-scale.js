// Where a moment stands on a time axis that has to be readable for five seconds and for five hours.

const STEPS = [100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 108e5, 216e5, 432e5, 864e5];
const QUARTER_SECOND = 250;

/**
 * Moments → 0 … 1. True time is linear. Otherwise each stretch between two events gets the logarithm of its length, so that a
 * quiet hour does not squeeze the busy seconds together. Answers {at(ms), from, to, moments, isTrue}.
 */
export const scale = (moments, isTrue) => {
  const times = [...new Set(moments)].sort((a, b) => a - b);
  if (times.length === 0) times.push(0);
  if (times.length === 1) times.push(times[0] + 1000);
  const weights = times.slice(1).map((time, i) => (isTrue ? time - times[i] : Math.log2(1 + (time - times[i]) / QUARTER_SECOND)));
  const sums = [0];
  for (const weight of weights) sums.push(sums.at(-1) + weight);
  const total = sums.at(-1) || 1;
  const at = (ms) => {
    if (ms <= times[0]) return 0;
    if (ms >= times.at(-1)) return 1;
    let low = 0;
    let high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= ms) low = middle;
      else high = middle;
    }
    return (sums[low] + (weights[low] * (ms - times[low])) / (times[high] - times[low])) / total;
  };
  return { at, times, isTrue };
};

/** Moments to be labelled: round ones in true time, events otherwise; none nearer to another than `apart` pixels. */
export const ticks = ({ at, times, isTrue }, x, width, apart) => {
  const inside = (ms) => x(at(ms)) >= -1 && x(at(ms)) <= width + 1;
  if (!isTrue) {
    let last = -Infinity;
    return times.filter((ms) => {
      const here = x(at(ms));
      if (!inside(ms) || here - last < apart) return false;
      last = here;
      return true;
    });
  }
  const [from, to] = [times[0], times.at(-1)];
  const perPixel = (to - from) / Math.max(1, x(1) - x(0));
  const step = STEPS.find((each) => each / perPixel >= apart) ?? 864e5 * Math.ceil((apart * perPixel) / 864e5);
  // only what is in sight is counted out: zoomed in, the whole axis would have thousands
  const first = Math.max(from, from - x(0) * perPixel);
  const last = Math.min(to, first + width * perPixel + step);
  const found = [];
  for (let ms = Math.ceil(first / step) * step; ms <= last; ms += step) if (inside(ms)) found.push(ms);
  return found;
};
