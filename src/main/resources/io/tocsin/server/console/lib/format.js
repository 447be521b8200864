// Numbers for people.

export const percent = (value, digits = 1) => (value === null || value === undefined ? '–' : `${value.toFixed(digits)} %`);
export const number = (value, digits = 1) =>
  value === null || value === undefined ? '–' : value.toLocaleString(undefined, { maximumFractionDigits: digits });
export const ms = (value) =>
  value === null || value === undefined ? '–' : value < 10 ? `${value.toFixed(2)} ms` : `${number(value, value < 100 ? 1 : 0)} ms`;

const scaled = (value, units, step) => {
  if (value === null || value === undefined) return '–';
  let at = 0;
  let rest = value;
  while (Math.abs(rest) >= step && at < units.length - 1) {
    rest /= step;
    at += 1;
  }
  return `${number(rest, rest < 10 ? 2 : 1)} ${units[at]}`;
};

export const bytes = (value) => scaled(value, ['B', 'KiB', 'MiB', 'GiB', 'TiB'], 1024);
export const perSecond = (value) => scaled(value, ['B/s', 'kB/s', 'MB/s', 'GB/s'], 1000);

/** Words for enum constants: NON_CORE → "non core". */
export const word = (constant) => String(constant ?? '–').toLowerCase().replaceAll('_', ' ');
