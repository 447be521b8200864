// Asks for what takes long: while the server works out something else it says 503 and wants to be asked again.

import { get } from '../lib/api.js';

const AGAIN = 5_000;

const pause = (signal) => new Promise((done) => {
  const timer = setTimeout(done, AGAIN);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    done();
  });
});

/** The answer, however often it has to be asked for; ends with the signal. */
export const patiently = async (path, query, signal) => {
  for (;;) {
    try {
      return await get(path, query, { signal });
    } catch (failed) {
      if (failed.status !== 503 || signal.aborted) throw failed;
      await pause(signal);
    }
  }
};
