// What the page knows of jobs. Views are functions of it; the stream feeds it.
import { computed, signal } from '@preact/signals';
import { get } from './api.js';
import { joined, live } from './job.js';
import { paging } from './paging.js';

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
  if (message.event === 'restart') filmPages.read().catch(() => undefined); // what is under way is told next
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

/** Films as they are read from the API: all of them, or those of a project by its id. */
export const filmPages = paging({
  pathOf: (project) => `/jobs?kind=video${project && `&project=${project}`}`,
  idOf: (/** @type {Job} */ job) => job.id,
  isIn: (job, project) => !project || job.project_id === project,
  held: () => films.value,
  keep: (found) => found.forEach(receive), // none ever goes
});

export function empty() {
  jobs.value = {};
  filmPages.forget();
  queue.value = {};
  due.value = {};
}
