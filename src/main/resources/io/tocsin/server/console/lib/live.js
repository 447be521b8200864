// What changes, as it changes. One connection for all tabs of a browser: browsers allow six to one server, and an SRE has
// more tabs than that. The tab that holds the lock listens and tells the others.

const listeners = new Map();
const channel = new BroadcastChannel('tocsin-live');
const AREAS = 'incidents,heal,fleet,rules,silences,status';
let state = 'connecting';

const emit = (name, data) => (listeners.get(name) ?? []).forEach((listener) => listener(data));

const tell = (name, data) => {
  emit(name, data);
  channel.postMessage({ name, data });
};

const setState = (now) => {
  state = now;
  tell('connection', now);
};

channel.onmessage = ({ data }) => {
  if (data.name === 'state?') {
    if (leading) channel.postMessage({ name: 'connection', data: state });
    return;
  }
  if (data.name === 'connection') state = data.data;
  emit(data.name, data.data);
};

let leading = false;

const listen = () => new Promise(() => { // holds the lock for as long as this tab lives
  leading = true;
  const events = new EventSource(`api/v1/events?areas=${AREAS}`);
  events.onopen = () => setState('live');
  events.onerror = () => setState('lost');
  events.addEventListener('hello', () => {
    setState('live');
    tell('hello', null); // asks every page to load all again
  });
  for (const name of ['incident', 'heal', 'fleet', 'rule', 'silence', 'status']) {
    events.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
  }
});

/** Starts listening; once. */
export const start = () => {
  if (navigator.locks) navigator.locks.request('tocsin-live', listen);
  else listen();
  channel.postMessage({ name: 'state?' });
};

/** Hears of `incident`, `heal`, `fleet`, `rule`, `silence`, `status`, `hello`, `connection`; ends with the signal. */
export const on = (name, listener, signal) => {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(listener);
  signal?.addEventListener('abort', () => listeners.get(name).delete(listener));
};

/** A connection of its own for the windows of one resource. */
export const windowsOf = (resource, listener, signal) => {
  const events = new EventSource(`api/v1/events?areas=windows&resource=${encodeURIComponent(resource)}`);
  events.addEventListener('window', (event) => listener(JSON.parse(event.data)));
  signal.addEventListener('abort', () => events.close());
};
