// The fleet's filter and its buttons.

import { el } from '../../lib/dom.js';
import { number, word } from '../../lib/format.js';

export const LEVELS = [['summary', 'Summary'], ['cells', 'All'], ['names', 'Names']];
export const GROUPS = [['host', 'By host'], ['service', 'By service']];

/** The filter lives in the address, so that it can be sent to somebody, and Back finds it again. */
export const fromAddress = () => {
  const said = new URLSearchParams(location.hash.split('?')[1] ?? '');
  const many = (name) => new Set((said.get(name) ?? '').toUpperCase().split(',').filter(Boolean));
  const one = (name, known, usual) => (known.some(([value]) => value === said.get(name)) ? said.get(name) : usual);
  return { states: many('state'), kinds: many('kind'), text: said.get('q') ?? '', by: one('by', GROUPS, 'host'),
    level: one('show', LEVELS, '') };
};

export const toAddress = ({ states, kinds, text, by, level, usual }) => {
  const said = new URLSearchParams();
  if (states.size) said.set('state', [...states].join());
  if (kinds.size) said.set('kind', [...kinds].join());
  if (text) said.set('q', text);
  if (by !== 'host') said.set('by', by);
  if (level !== usual) said.set('show', level);
  history.replaceState(null, '', `#/fleet${said.size ? `?${said}` : ''}`);
};

/** Buttons of which any number, or one, may be pressed. Answers {root, draw(counts, pressed)}. */
export const choices = (label, options, press) => {
  const buttons = new Map(options.map(([value, text, mark]) => {
    const count = el('span', { class: 'number' });
    const button = el('button', { class: `choice is-${value}`, on: { click: () => press(value) } },
      mark ? el('span', { class: 'mark', 'aria-hidden': 'true' }, mark) : null, text, ' ', count);
    return [value, { button, count }];
  }));
  return {
    root: el('div', { class: 'choices', role: 'group', 'aria-label': label }, [...buttons.values()].map(({ button }) => button)),
    draw: (counts, isPressed) => buttons.forEach(({ button, count }, value) => {
      if (counts) count.textContent = number(counts[value] ?? 0);
      button.classList.toggle('is-none', counts !== null && !counts[value]);
      button.setAttribute('aria-pressed', String(isPressed(value)));
    }),
  };
};

/** What is within a host or a service: "46 with all that is in it: 1 P0, 2 down". */
export const within = (fleet, members) => {
  const counts = fleet.states.map(() => 0);
  for (const i of members) counts[fleet.state[i]] += 1;
  const bad = fleet.states.map((state, at) => [state, counts[at]]).filter(([state, count]) => count && state !== 'OK').reverse();
  return `${members.length} with all that is in it: ${bad.map(([state, count]) => `${count} ${state.length > 2 ? word(state) : state}`).join(', ') || 'all as they should be'}`;
};
