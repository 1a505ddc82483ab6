// Words of a change that is under way: shown over the truth until its job is done, and dropped then.
import { signal } from '@preact/signals';
import { live } from './job.js';
import { jobs } from './store.js';

/** @typedef {{parent: string, scene: string, narration: string}} Draft */

/** By the job that makes them true. @type {import('@preact/signals').Signal<Record<string, Draft>>} */
const drafts = signal({});

/** @param {string} child @param {Draft} draft */
export function draw(child, draft) {
  drafts.value = { ...drafts.value, [child]: draft };
}

/** @param {string} parent @param {string} scene */
export function draftOf(parent, scene) {
  const found = Object.entries(drafts.value).find(([, one]) => one.parent === parent && one.scene === scene);
  const child = found && jobs.value[found[0]];
  return child && live(child) ? found[1] : undefined;
}
