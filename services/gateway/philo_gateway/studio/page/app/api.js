// The HTTP surface: a token with each request, one new one when it has expired, and problems as errors.
import { forget, fresh, token } from './session.js';
import { problemOf, Unreached } from './problem.js';

export const API = '/api/v1';

/** @typedef {{body?: unknown, match?: string, key?: string, signal?: AbortSignal, accept?: string,
 *   headers?: Record<string, string>}} Options */

/** @param {Options} options */
function headersOf({ body, match, key, accept, headers }) {
  return {
    Accept: accept ?? 'application/json',
    Authorization: `Bearer ${token()}`,
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(match ? { 'If-Match': match } : {}),
    ...(key ? { 'Idempotency-Key': key } : {}),
    ...headers,
  };
}

/** @param {string} method @param {string} path @param {Options} options */
async function send(method, path, options) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const url = path.startsWith('/api/') ? path : `${API}${path}`;
  try {
    return await fetch(url, { method, headers: headersOf(options), body, signal: options.signal });
  } catch (error) {
    if (error instanceof TypeError) throw new Unreached();
    throw error;
  }
}

/**
 * The answer, whatever kind it is. Throws `Problem`.
 * @param {string} method @param {string} path @param {Options} [options]
 */
export async function ask(method, path, options = {}) {
  const used = token();
  let answer = await send(method, path, options);
  if (answer.status === 401 && (await fresh(used))) answer = await send(method, path, options);
  if (answer.status === 401) forget('ended');
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

/** @param {string} path @param {Options} [options] @returns {Promise<any>} */
export const get = async (path, options) => (await ask('GET', path, options)).json();

/** Each call has its own key: a request that is sent again by the browser makes nothing twice.
 * @param {string} path @param {unknown} [body] @param {Options} [options] @returns {Promise<any>} */
export const post = async (path, body, options) =>
  (await ask('POST', path, { key: crypto.randomUUID(), ...options, body })).json();

/** @param {string} path */
export const remove = (path) => ask('DELETE', path);
