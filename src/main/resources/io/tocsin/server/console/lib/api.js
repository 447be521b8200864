// Speaks to the API. Answers that did not change are not sent again (ETag).

const BASE = 'api/v1/';
const known = new Map();
const MOST_KNOWN = 60;

/** What the API said was wrong; `status` is 0 where nothing answered. */
export class ApiError extends Error {
  constructor(status, message, problems = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

const failed = async (answer) => {
  let problem = {};
  try {
    problem = await answer.json();
  } catch {
    // not the API's own words; the status has to do
  }
  if (answer.status === 401) window.dispatchEvent(new Event('tocsin:sign-in'));
  return new ApiError(answer.status, problem.detail ?? `the server answered ${answer.status}`, problem.problems ?? []);
};

const send = async (path, options) => {
  try {
    return await fetch(BASE + path, { credentials: 'same-origin', ...options });
  } catch (broken) {
    if (broken.name === 'AbortError') throw broken;
    throw new ApiError(0, 'the server does not answer; check that it runs, and the network to it');
  }
};

/** Reads; `query` is an object whose empty values are left out. */
export const get = async (path, query = {}, { signal, withHeaders } = {}) => {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') words.set(name, value);
  }
  const url = words.size ? `${path}?${words}` : path;
  const old = known.get(url);
  const answer = await send(url, { signal, headers: old ? { 'If-None-Match': old.etag } : {} });
  if (answer.status === 304 && old) {
    return withHeaders ? { body: old.body, headers: old.headers } : old.body;
  }
  if (!answer.ok && answer.status !== 503) throw await failed(answer);
  if (answer.status === 503 && !path.startsWith('pipeline')) throw await failed(answer);
  const body = await answer.json();
  const etag = answer.headers.get('ETag');
  if (etag) {
    known.set(url, { etag, body, headers: answer.headers });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value);
  }
  return withHeaders ? { body, headers: answer.headers } : body;
};

const change = async (method, path, body) => {
  const answer = await send(path, {
    method,
    headers: { 'X-Tocsin': 'console', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw await failed(answer);
  const text = await answer.text();
  return text ? JSON.parse(text) : {};
};

export const post = (path, body = {}) => change('POST', path, body);
export const remove = (path) => change('DELETE', path);
export const id = encodeURIComponent;
