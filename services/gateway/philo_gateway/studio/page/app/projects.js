// The user's projects, as far as the page has read them.
import { computed, signal } from '@preact/signals';
import { ask, get, post, remove } from './api.js';
import { heldIn, paging } from './paging.js';
import { tell } from './telling.js';

/** @typedef {{id: string, name: string, description: string, created_at: string}} Project */
/** @typedef {{name: string, description: string}} ProjectWish */

/** @type {import('@preact/signals').Signal<Project[] | null>} */
const listed = signal(null);
/**
 * Those that were asked for by their id: the list may not be read as far.
 * @type {import('@preact/signals').Signal<Record<string, Project>>}
 */
const apart = signal({});

/** Newest first; null until they were read. */
export const projects = computed(() => listed.value);

const holding = heldIn(listed, (/** @type {Project} */ project) => project.id);
export const projectPages = paging({ pathOf: () => '/projects', isIn: () => true, ...holding });

/** @param {string | null | undefined} id */
export const projectOf = (id) => (id ? (listed.value?.find((one) => one.id === id) ?? apart.value[id]) : undefined);

/** @param {Project} project */
function hold(project) {
  apart.value = { ...apart.value, [project.id]: project };
  if (listed.value?.some((one) => one.id === project.id)) holding.keep([project]);
}

/** Throws `Problem`. @param {string} id */
export async function readProject(id) {
  hold(await get(`/projects/${id}`));
}

/** What a project is called that a film is in; one that was deleted has no name any more. Throws `Problem`. @param {string} id */
export async function nameProject(id) {
  if (!listed.value) await projectPages.read();
  if (!projectOf(id) && !projectPages.isWhole()) await readProject(id);
}

/** Throws `Problem`. @param {ProjectWish} wish @returns {Promise<Project>} */
export async function makeProject(wish) {
  const made = await post('/projects', wish);
  holding.keep([made]);
  tell('projects');
  return made;
}

/** As it was read now, so that nobody's change is lost. Throws `Problem`. @param {string} id @param {ProjectWish} wish */
export async function changeProject(id, wish) {
  const read = await ask('GET', `/projects/${id}`);
  const changed = await ask('PUT', `/projects/${id}`, { body: wish, match: read.headers.get('ETag') ?? '' });
  hold(await changed.json());
  tell('projects');
}

/** Its films stay. Throws `Problem`. @param {Project} project */
export async function deleteProject(project) {
  await remove(`/projects/${project.id}`);
  holding.keep([], [project]);
  const { [project.id]: _gone, ...others } = apart.value;
  apart.value = others;
  tell('projects');
}

export function forgetProjects() {
  listed.value = null;
  apart.value = {};
  projectPages.forget();
}
