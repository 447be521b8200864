// What can be told of a rule by looking at it.

export const ruleHref = (name) => `#/rules/${encodeURIComponent(name)}`;

/** A key of the rule's own text; the API need not repeat it. */
const written = (rule, key) => new RegExp(`^\\s*(?:- )?${key}:\\s*["']?([A-Za-z0-9_-]+)`, 'm').exec(rule.text ?? '')?.[1] ?? '';

const LAYERS = { business: 'business', security: 'security', latency: 'application', application: 'application', 'burn-rate': 'application' };

export const signalOf = (rule) => rule.signal ?? rule.effective?.signal
  ?? (written(rule, 'signal') || (/^\s*(- )?(absence|sequence):/m.exec(rule.text ?? '')?.[2] ?? ''));
export const layerOf = (rule) => rule.layer ?? rule.effective?.layer ?? (written(rule, 'layer') || LAYERS[signalOf(rule)] || 'infrastructure');

/** refused, shadow, live, or waiting for the job's word. */
export const stateOf = (rule) => {
  if (rule.problems?.length || rule.accepted === false) return 'refused';
  if (rule.shadow || rule.mode === 'shadow' || rule.mode === 'SHADOW') return 'shadow';
  return rule.inForce || rule.accepted ? 'live' : 'waiting';
};

/** Where a problem is: `file:41:9: when: …`, or what the API says in parts. */
export const placed = (problem) => {
  if (typeof problem === 'object') return { line: problem.line, column: problem.column, text: problem.text ?? String(problem) };
  const found = /^(.*?):(\d+):(\d+): ?(.*)$/s.exec(problem);
  return found ? { file: found[1], line: Number(found[2]), column: Number(found[3]), text: found[4] } : { text: problem };
};
