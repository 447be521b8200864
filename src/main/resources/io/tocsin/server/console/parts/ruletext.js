// What can be told of a rule by looking at it.

export const ruleHref = (name) => `#/rules/${encodeURIComponent(name)}`;

/** A key of the rule's own text; the API need not repeat it. */
const written = (rule, key) => new RegExp(`^\\s*(?:- )?${key}:\\s*["']?([A-Za-z0-9_-]+)`, 'm').exec(rule.text ?? '')?.[1] ?? '';

const LAYERS = { business: 'business', security: 'security', latency: 'application', health: 'application', application: 'application' };

/** One word; a text that is refused may have anything there. */
const bounded = (text) => String(text ?? '').slice(0, 30);

export const signalOf = (rule) => bounded(rule.effective?.signal
  ?? (written(rule, 'signal') || (/^\s*(- )?(absence|sequence):/m.exec(rule.text ?? '')?.[2] ?? '')));
export const layerOf = (rule) => bounded(rule.effective?.layer?.toLowerCase()
  ?? (written(rule, 'layer') || LAYERS[signalOf(rule)] || 'infrastructure'));

/** refused, shadow, live, or waiting for the job's word. */
export const stateOf = (rule) => {
  if (rule.mode) return rule.mode === 'pending' ? 'waiting' : rule.mode;
  if (rule.problems?.length) return 'refused';
  if (rule.shadow) return 'shadow';
  return rule.inForce ? 'live' : 'waiting';
};

/** Where a problem is: `file:41:9: when: …`, or what the API says in parts. */
export const placed = (problem) => {
  if (typeof problem === 'object') return { line: problem.line || undefined, column: problem.column || undefined, text: [problem.key, problem.text].filter(Boolean).join(': ') };
  const found = /^(.*?):(\d+):(\d+): ?(.*)$/s.exec(problem);
  return found ? { file: found[1], line: Number(found[2]), column: Number(found[3]), text: found[4] } : { text: problem };
};

/** The rule as a file has it, which is what is checked, tested and applied; lines and columns of problems then fit. */
export const asFile = (text) => {
  const lines = String(text ?? '').replace(/\s+$/, '').split('\n');
  if (/^\s*rules:/.test(lines[0])) return `${lines.join('\n')}\n`;
  const blank = (line) => /^\s*(#.*)?$/.test(line);
  const depth = (line) => /^ */.exec(line)[0].length;
  const deep = Math.min(...lines.slice(1).filter((line) => !blank(line)).map(depth));
  const inner = Number.isFinite(deep) ? deep : 0;
  const first = lines[0].trimStart().replace(/^- +/, '');
  return ['rules:', `  - ${first}`, ...lines.slice(1).map((line) => (line.trim() ? `    ${line.slice(Math.min(inner, depth(line)))}` : ''))]
    .join('\n').concat('\n');
};

/** What the rule says when it fires, as its text has it. */
export const says = (rule) => {
  const found = /^\s*summary:\s*(.+)$/m.exec(rule.text ?? '')?.[1]?.trim() ?? '';
  return /^(["']).*\1$/.test(found) ? found.slice(1, -1) : found;
};
