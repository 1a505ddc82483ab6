// A script that was read into scenes and is looked over before its film is made. Kept, so that nothing written is lost.
import { signal } from '@preact/signals';
import { post } from './api.js';
import { forAnother } from './session.js';

const KEPT = 'philo.scenes';

/** @typedef {{text: string, note?: string}} Heading */
/** @typedef {{title: string, narration: string, visual_prompt: string, mood: string, tags: string[],
 *   chapter: Heading | null, strip: Heading | null, own?: import('./parts/own.js').Own | null, key: string}} DraftScene */
/** @typedef {{title: string, language: string, scenes: DraftScene[]}} Script */

function first() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null');
  } catch {
    return null; // what another version kept there
  }
}

/** @type {import('@preact/signals').Signal<Script | null>} */
export const script = signal(first());

/** @param {Script | null} changed */
export function keepScript(changed) {
  script.value = changed;
  if (changed) localStorage.setItem(KEPT, JSON.stringify(changed));
  else localStorage.removeItem(KEPT);
}

forAnother(() => keepScript(null));

/** Have a text read. Throws `Problem`. @param {string} text @param {string} language Found by the text where it is empty. */
export async function readIntoScenes(text, language) {
  const told = await post('/analyses', { script: text, ...(language ? { language } : {}) });
  const scenes = told.scenes.map((/** @type {any} */ scene) => ({ ...scene, key: crypto.randomUUID() }));
  keepScript({ title: told.title, language: told.language, scenes });
}

/** @param {Script} of @param {number} index @param {Partial<DraftScene>} change @returns {Script} */
export const rewritten = (of, index, change) => ({
  ...of,
  scenes: of.scenes.map((scene, at) => (at === index ? { ...scene, ...change } : scene)),
});

/** @param {Script} of @param {number} index @returns {Script} */
export const without = (of, index) => ({ ...of, scenes: of.scenes.toSpliced(index, 1) });

/** @param {Script} of @param {number} index @param {number} to @returns {Script} */
export function moved(of, index, to) {
  const scenes = of.scenes.toSpliced(index, 1).toSpliced(to, 0, of.scenes[index]);
  return { ...of, scenes };
}

/** An empty scene after the others. @param {Script} of @returns {Script} */
export function longer(of) {
  const plain = { title: '', narration: '', visual_prompt: '', mood: 'neutral', tags: [], chapter: null, strip: null };
  return { ...of, scenes: [...of.scenes, { ...plain, key: crypto.randomUUID() }] };
}

/** As `POST /jobs` takes it. @param {Script} of @param {object} config @param {string} project */
export function requestOf(of, config, project) {
  const scenes = of.scenes.map(({ key, own, title, ...scene }) => ({
    ...scene,
    ...(title.trim() ? { title: title.trim() } : {}),
    ...(own ? { picture_asset_id: own.id } : {}),
  }));
  const title = of.title.trim() ? { title: of.title.trim() } : {};
  return { scenes, ...title, config: { ...config, language: of.language }, ...(project ? { project_id: project } : {}) };
}

/** The first scene of which nothing is said; -1 where there is none. @param {Script} of */
export const silent = (of) => of.scenes.findIndex((scene) => !scene.narration.trim());
