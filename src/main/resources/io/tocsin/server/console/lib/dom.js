// Builds elements. Every text is set as text: nothing that comes from a topic ever becomes markup.

/** el('p', {class: 'x', title: 'y', on: {click: f}}, 'text', otherElement, null) */
export const el = (tag, props = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (name === 'data') {
      Object.assign(made.dataset, value);
    } else if (name === 'value' || name === 'checked' || name === 'disabled') {
      made[name] = value;
    } else {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
};

/** Same for SVG. */
export const svg = (tag, props = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined));
  return made;
};

/** Replaces what an element holds. */
export const fill = (parent, ...children) =>
  parent.replaceChildren(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));

/** Long texts are cut for the eye only; all of it is in the title. */
export const short = (text, most = 160) => {
  const plain = String(text ?? '');
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`;
};

/** The way to the page of a resource; ids are text and may hold anything. */
export const resourceHref = (id) => `#/resources/${encodeURIComponent(id)}`;
export const incidentHref = (id) => `#/incidents/${encodeURIComponent(id)}`;

/** A link to a resource. */
export const resourceLink = (id) =>
  el('a', { href: resourceHref(id), title: id, class: 'id', dir: 'auto' }, short(id, 80));

/** A badge: P0 … P3, UP, DOWN, UNKNOWN and the like, or other words in the colour of one of these. Never by colour alone. */
export const badge = (word, style = word) => el('span', { class: `badge is-${String(style).replace(/[^A-Za-z0-9_-]/g, '')}` }, String(word).replaceAll('_', ' '));

/** What stands where nothing is: what that means, and what to do. */
export const empty = (title, advice) =>
  el('div', { class: 'empty' }, el('p', { class: 'empty-title' }, title), advice ? el('p', {}, advice) : null);

/** What stands where something could not be had. */
export const failure = (error, again) =>
  el('div', { class: 'failure', role: 'alert' },
    el('p', { class: 'empty-title' }, 'This could not be loaded.'),
    el('p', {}, short(error.message, 400)),
    again ? el('button', { on: { click: again } }, 'Try again') : null);
