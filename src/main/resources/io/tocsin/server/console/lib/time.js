// Times in the viewer's zone, with UTC at hand; spans in words; everything that counts is drawn again each second.

import { el, short } from './dom.js';

const DAY = 86_400_000;
// 24 hours whatever the locale: these times are compared with logs
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const full = new Intl.DateTimeFormat(undefined, {
  month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment in milliseconds as a time of day. */
export const timeOfDay = (ms) => clock.format(ms);

/** 95 s → "95 s", 2 h → "2 h 5 min". */
export const span = (ms) => {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 120) return `${s} s`;
  const min = Math.floor(s / 60);
  if (min < 120) return `${min} min`;
  const h = Math.floor(min / 60);
  if (h < 48) return min % 60 ? `${h} h ${min % 60} min` : `${h} h`;
  return `${Math.floor(h / 24)} d ${h % 24} h`;
};

/** A time of day in the viewer's zone; the date where it is not of today; UTC in the title. */
export const at = (iso) => {
  if (!iso) return el('span', {}, '–');
  const when = new Date(iso);
  const near = Math.abs(Date.now() - when.getTime()) < DAY && when.getDate() === new Date().getDate();
  return el('time', { datetime: iso, title: `${full.format(when)} ${zone}\n${when.toISOString()} UTC` },
    (near ? clock : full).format(when));
};

const counting = new Set();

const draw = (each) => {
  const { made, iso, word } = each;
  if (!made.isConnected && each.seen) {
    counting.delete(each);
    return;
  }
  each.seen ||= made.isConnected;
  const text = word(Date.parse(iso) - Date.now());
  if (made.textContent !== text.text) made.textContent = text.text;
  const style = `counts ${text.style ?? ''}`;
  if (made.className !== style) made.className = style;
};

setInterval(() => counting.forEach(draw), 1000);

const count = (iso, word) => {
  const when = new Date(iso);
  const made = el('time', { datetime: iso, title: `${full.format(when)} ${zone}\n${when.toISOString()} UTC` });
  const each = { made, iso, word, seen: false };
  counting.add(each);
  draw(each);
  return made;
};

/** "3 min ago", counting. */
export const ago = (iso) => (iso ? count(iso, (left) => ({ text: `${span(-left)} ago` })) : el('span', {}, '–'));

/** "for 3 min", counting. */
export const since = (iso) => count(iso, (left) => ({ text: span(-left) }));

/** "12 min left", "late by 3 min", counting; `style` says soon or late. */
export const left = (iso) =>
  count(iso, (ms) => {
    if (ms <= 0) return { text: `late by ${span(-ms)}`, style: 'is-late' };
    return { text: `${span(ms)} left`, style: ms < 15 * 60_000 ? 'is-soon' : '' };
  });

/** "in 12 min", counting. */
export const until = (iso) => count(iso, (ms) => ({ text: ms <= 0 ? 'now' : `in ${span(ms)}` }));

const INSTANT = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)/;

/** A text whose instants (in UTC, as the server writes them) become times of the viewer's zone, like all others on a page. */
export const timed = (text, most) => short(text, most).split(INSTANT).map((part, i) => (i % 2 ? at(part) : part));

/** The same as a string, for where no elements can stand. */
export const timedText = (text) => String(text ?? '').split(INSTANT).map((part, i) => (i % 2 ? timeOfDay(Date.parse(part)) : part)).join('');
