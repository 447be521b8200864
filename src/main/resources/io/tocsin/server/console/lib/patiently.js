// Asks for what takes long: while the server works out something else it says 503 and wants to be asked again.

import { get } from './api.js';

/** Not all at the same time: a page asks several questions, and so do other people. */
const pause = (time, signal) => new Promise((done) => {
  const timer = setTimeout(done, time * (0.75 + Math.random() / 2));
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    done();
  }, { once: true });
});

/** The answer, asked for up to so many times, with so many ms between; ends with the signal. */
export const patiently = async (path, query, signal, { times = Infinity, every = 5_000 } = {}) => {
  for (let asked = 1; ; asked += 1) {
    try {
      return await get(path, query, { signal });
    } catch (failed) {
      if (failed.status !== 503 || signal.aborted || asked >= times) throw failed;
      await pause(every, signal);
    }
  }
};
