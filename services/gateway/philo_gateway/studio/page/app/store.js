// What the page knows of jobs. Views are functions of it; the stream feeds it.
import { computed, signal } from '@preact/signals';
import { get } from './api.js';
import { joined, live } from './job.js';

/** @typedef {import('./job.js').Job} Job */

/** @type {import('@preact/signals').Signal<Record<string, Job>>} */
export const jobs = signal({});
/** Where jobs stand in the queue. @type {import('@preact/signals').Signal<Record<string, {position: number, pending_jobs: number}>>} */
export const queue = signal({});
/** When jobs will be done, in milliseconds since 1970. @type {import('@preact/signals').Signal<Record<string, number>>} */
export const due = signal({});

const newestFirst = (/** @type {Job} */ a, /** @type {Job} */ b) => (a.id < b.id ? 1 : -1);
export const films = computed(() => Object.values(jobs.value).filter((job) => job.kind === 'video').sort(newestFirst));
export const making = computed(() => films.value.filter(live));

/** The newer version wins, so that order, doubles and replays cannot hurt. @param {any} told */
export function receive(told) {
  const known = jobs.value[told.id];
  if (known && told.version < known.version) return;
  jobs.value = { ...jobs.value, [told.id]: joined(known, told) };
}

/** The page counts down by itself; it is set anew only when the server says something else by three seconds or more.
 * @param {string} job @param {number} seconds */
export function expect(job, seconds) {
  const at = Date.now() + seconds * 1000;
  const before = due.value[job];
  if (before && at > before && at - before < 3_000) return;
  due.value = { ...due.value, [job]: at };
}

/** One live message. @param {any} message */
export function hear(message) {
  if (message.event === 'restart') refill();
  if (message.job && (message.whole !== false || jobs.value[message.job.id])) receive(message.job);
  const id = message.job_id ?? message.job?.id;
  if (!message.queue || !id) return;
  queue.value = { ...queue.value, [id]: message.queue };
  expect(id, message.queue.estimated_time);
}

/** @param {string} id */
export async function load(id) {
  receive(await get(`/jobs/${id}`));
}

/** What is being made may have gone on before the stream began. What cannot be read now is told by the stream later. */
export function catchUp() {
  for (const job of making.value) load(job.id).catch(() => {});
}

/** Where the films begin that were not read yet; null when there are none. @type {import('@preact/signals').Signal<string | null>} */
export const further = signal(null);

/** The newest films. Throws `Problem`. */
export async function refill() {
  further.value = await page('/jobs?kind=video&limit=100');
}

/** The next ones after those that were read. Throws `Problem`. */
export async function older() {
  if (further.value) further.value = await page(`/jobs?kind=video&limit=100&cursor=${encodeURIComponent(further.value)}`);
}

/** Films of a project. Throws `Problem`. @param {string} project */
export const fill = (project) => page(`/jobs?kind=video&limit=200&project=${project}`);

/** @param {string} path @returns {Promise<string | null>} The cursor of the next page. */
async function page(path) {
  const found = await get(path);
  for (const job of found.items) receive(job);
  return found.next_cursor;
}

export function empty() {
  jobs.value = {};
  further.value = null;
  queue.value = {};
  due.value = {};
}
