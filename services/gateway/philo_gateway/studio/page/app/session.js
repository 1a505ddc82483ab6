// Who is here. The access token lives in memory; the refresh token is a cookie that no script can read.
import { signal } from '@preact/signals';
import { problemOf, Unreached } from './problem.js';

const SESSION = '/api/v1/auth/session';
const HINT = 'philo.was-here';
const EARLY = 60; // seconds before its end that a token is renewed

/** @typedef {{id: string, email: string | null, phone: string | null, username: string, tier: string}} User */

/** Undefined until it is known, null when nobody is here.
 * @type {import('@preact/signals').Signal<User | null | undefined>} */
export const user = signal(undefined);

/** Why nobody is here any more: the session has ended by itself, or was ended in another window.
 * @type {import('@preact/signals').Signal<'' | 'ended' | 'elsewhere'>} */
export const parting = signal('');

let access = '';
let renewal = 0;
const WHOSE = 'philo.whose';
/** @type {(() => void)[]} */
const left = [];

/** What somebody has begun is not for whoever comes after them. @param {() => void} clear */
export const forAnother = (clear) => left.push(clear);

/** @param {string} id */
function belongTo(id) {
  if ((localStorage.getItem(WHOSE) ?? id) !== id) left.forEach((clear) => clear());
  localStorage.setItem(WHOSE, id);
}

export const token = () => access;

/** @param {{access_token: string, expires_in: number, user: User}} session */
function keep(session) {
  access = session.access_token;
  belongTo(session.user.id);
  user.value = session.user;
  parting.value = '';
  localStorage.setItem(HINT, '1');
  clearTimeout(renewal);
  renewal = window.setTimeout(() => fresh(access), Math.max(5, session.expires_in - EARLY) * 1000);
}

/** @param {'' | 'ended' | 'elsewhere'} why */
export function forget(why) {
  if (user.value) parting.value = why;
  access = '';
  clearTimeout(renewal);
  localStorage.removeItem(HINT);
  user.value = null;
}

/** @param {string} path @param {unknown} [body] */
async function say(path, body, method = 'POST') {
  const headers = body === undefined ? undefined : { 'Content-Type': 'application/json' };
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Unreached();
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer.status === 204 ? null : answer.json();
}

/** Log in with email and password, or with phone and code. Throws `Problem`. @param {Record<string, string>} login */
export async function enter(login) {
  keep(await say(SESSION, login));
}

/** Make an account and come in. @param {{email: string, username: string, password: string}} wish */
export async function register(wish) {
  const made = await say('/api/v1/auth/register', wish);
  await enter({ email: wish.email, password: wish.password });
  await say('/api/v1/auth/logout', { refresh_token: made.refresh_token }); // the page has its own in a cookie
}

/** @param {string} phone @returns {Promise<{expires_in: number, retry_after: number}>} */
export const sendCode = (phone) => say('/api/v1/auth/send-verification', { phone });

/**
 * A new token, unless another part of the page got one meanwhile. False when nobody is logged in any more.
 * Refresh tokens work once: tabs take turns.
 * @param {string} used The token that did not do.
 */
export function fresh(used) {
  return navigator.locks.request('philo.refresh', async () => {
    if (access !== used && access) return true;
    try {
      keep(await say(`${SESSION}/refresh`));
      return true;
    } catch (error) {
      if (error instanceof Unreached || /** @type {any} */ (error).status >= 500) return Boolean(access);
      forget('ended');
      return false;
    }
  });
}

/** After a reload: whoever was here is asked for again. */
export async function comeBack() {
  if (!localStorage.getItem(HINT)) user.value = null;
  else if (!(await fresh('')) && user.value === undefined) user.value = null;
}

export async function leave() {
  await say(SESSION, undefined, 'DELETE');
  forget('');
}

/** Windows of one browser come and go together: they have one cookie. */
addEventListener('storage', ({ key, newValue }) => {
  if (key !== HINT) return;
  if (newValue === null && user.value) forget('elsewhere');
  if (newValue !== null && user.value === null) comeBack();
});
