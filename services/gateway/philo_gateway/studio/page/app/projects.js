// The user's projects, as far as the page has read them.
import { signal } from '@preact/signals';
import { ask, get, post, remove } from './api.js';
import { tell } from './telling.js';

/** @typedef {{id: string, name: string, description: string, created_at: string}} Project */
/** @typedef {{name: string, description: string}} ProjectWish */

/** Null until they were read. @type {import('@preact/signals').Signal<Project[] | null>} */
export const projects = signal(null);

/** Throws `Problem`. */
export async function readProjects() {
  projects.value = (await get('/projects?limit=200')).items;
}

/** @param {string | null | undefined} id */
export const projectOf = (id) => projects.value?.find((one) => one.id === id);

async function changed() {
  tell('projects');
  await readProjects();
}

/** Throws `Problem`. @param {ProjectWish} wish @returns {Promise<Project>} */
export async function makeProject(wish) {
  const made = await post('/projects', wish);
  await changed();
  return made;
}

/** As it was read now, so that nobody's change is lost. Throws `Problem`. @param {string} id @param {ProjectWish} wish */
export async function changeProject(id, wish) {
  const read = await ask('GET', `/projects/${id}`);
  await ask('PUT', `/projects/${id}`, { body: wish, match: read.headers.get('ETag') ?? '' });
  await changed();
}

/** Its films stay. Throws `Problem`. @param {string} id */
export async function deleteProject(id) {
  await remove(`/projects/${id}`);
  await changed();
}

export function forgetProjects() {
  projects.value = null;
}
