// A file on its way up. XMLHttpRequest tells how far it is, which fetch cannot do for what is sent.
import { API } from './api.js';
import { Problem, Unreached } from './problem.js';
import { fresh, token } from './session.js';

/** @param {XMLHttpRequest} request */
function problemOf(request) {
  const isProblem = request.getResponseHeader('Content-Type')?.startsWith('application/problem+json');
  return new Problem(isProblem ? JSON.parse(request.responseText) : { status: request.status, title: request.statusText });
}

/** @param {string} path @param {File} file @param {AbortSignal} signal @param {(sent: number) => void} onSent
 * @returns {Promise<XMLHttpRequest>} */
function send(path, file, signal, onSent) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file);
    request.open('POST', `${API}${path}`);
    request.setRequestHeader('Authorization', `Bearer ${token()}`);
    request.setRequestHeader('Idempotency-Key', crypto.randomUUID());
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => done(request);
    request.onerror = () => fail(new Unreached());
    request.onabort = () => fail(new Unreached());
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

/** The asset that it became. Throws `Problem`; a token that has expired meanwhile costs sending it once more.
 * @param {string} path @param {File} file @param {AbortSignal} signal @param {(sent: number) => void} onSent */
export async function upload(path, file, signal, onSent) {
  const used = token();
  let answer = await send(path, file, signal, onSent);
  if (answer.status === 401 && (await fresh(used))) answer = await send(path, file, signal, onSent);
  if (answer.status >= 300) throw problemOf(answer);
  return JSON.parse(answer.responseText);
}
