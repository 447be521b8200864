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
  if (data.name === 'again') {
    if (leading) connect();
    return;
  }
  if (data.name === 'connection') state = data.data;
  emit(data.name, data.data);
};

let leading = false;

const SOONEST = 1000;
const LATEST = 15_000;
let wait = SOONEST;
let events = null;

const connect = () => {
  events?.close();
  events = new EventSource(`api/v1/events?areas=${AREAS}`);
  events.onopen = () => {
    wait = SOONEST;
    setState('live');
  };
  events.onerror = () => {
    setState('lost');
    // After an answer that is no stream (a proxy's 502, a sign-in that has ended) the browser does not try again.
    if (events.readyState !== EventSource.CLOSED) return;
    setTimeout(connect, wait * (0.75 + Math.random() / 2));
    wait = Math.min(LATEST, wait * 2);
  };
  events.addEventListener('hello', () => {
    setState('live');
    tell('hello', null); // asks every page to load all again
  });
  for (const name of ['incident', 'heal', 'fleet', 'rule', 'silence', 'status']) {
    events.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
  }
};

const listen = () => new Promise(() => { // holds the lock for as long as this tab lives
  leading = true;
  connect();
});

let started = false;

/** Starts listening; once. */
export const start = () => {
  if (started) return;
  started = true;
  if (navigator.locks) navigator.locks.request('tocsin-live', listen);
  else listen();
  channel.postMessage({ name: 'state?' });
};

/** Connects anew, as after signing in. */
export const again = () => {
  if (!started) start();
  else if (leading) connect();
  else channel.postMessage({ name: 'again' });
};

/** Hears of `incident`, `heal`, `fleet`, `rule`, `silence`, `status`, `hello`, `connection`; ends with the signal. */
export const on = (name, listener, signal) => {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(listener);
  signal?.addEventListener('abort', () => listeners.get(name).delete(listener));
};

/** A connection of its own for the windows of one resource; only while the tab is looked at, as browsers have few. */
export const windowsOf = (resource, listener, signal) => {
  let own = null;
  const look = () => {
    own?.close();
    own = null;
    if (signal.aborted || document.visibilityState === 'hidden') return;
    own = new EventSource(`api/v1/events?areas=windows&resource=${encodeURIComponent(resource)}`);
    own.addEventListener('window', (event) => listener(JSON.parse(event.data)));
  };
  document.addEventListener('visibilitychange', look, { signal });
  signal.addEventListener('abort', look);
  look();
};
