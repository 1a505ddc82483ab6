// What the user has uploaded, and what is on its way up.
import { computed, signal } from '@preact/signals';
import { get, remove } from './api.js';
import { tell } from './telling.js';
import { upload } from './upload.js';

/** @typedef {'picture' | 'footage' | 'audio' | 'font'} Sort */
/** @typedef {{asset_id: string, kind: Sort, original_filename: string, size_bytes: number, media_type: string,
 *   project_id: string | null, status: 'processing' | 'ready' | 'failed', fault: {message: string} | null,
 *   width: number | null, height: number | null, duration: number | null, thumbnail_url: string | null,
 *   created_at: string}} Asset */
/** @typedef {{id: string, path: string, name: string, sent: number, total: number, problem: import('./problem.js').Problem | null,
 *   stop: () => void}} Sending */

const LOOK = 1_000; // milliseconds between two looks at what is being looked at
const PARALLEL = 2;

/** Null until they were read. @type {import('@preact/signals').Signal<Asset[] | null>} */
export const assets = signal(null);
/** @type {import('@preact/signals').Signal<Sending[]>} */
export const sending = signal([]);

/** @param {Sort[]} sorts */
export const readyOf = (sorts) =>
  (assets.value ?? []).filter((one) => one.status === 'ready' && sorts.includes(one.kind));

const unsettled = computed(() => (assets.value ?? []).some((one) => one.status === 'processing'));
let looking = 0;

/** All of them, and again while some are being looked at. Throws `Problem`. */
export async function readAssets() {
  clearTimeout(looking);
  assets.value = (await get('/assets?limit=200')).items;
  if (unsettled.value) looking = window.setTimeout(() => readAssets().catch(() => undefined), LOOK);
}

/** @param {string} id @param {Partial<Sending>} change */
function note(id, change) {
  sending.value = sending.value.map((one) => (one.id === id ? { ...one, ...change } : one));
}

/** @param {string} id */
export const drop = (id) => void (sending.value = sending.value.filter((one) => one.id !== id));

/** @type {(() => Promise<void>)[]} */
const waiting = [];
let under = 0;

async function next() {
  const work = under < PARALLEL && waiting.shift();
  if (!work) return;
  under += 1;
  await work();
  under -= 1;
  next();
}

/**
 * Bring a file, when it is its turn. What goes wrong stands beside it until it is dropped.
 * @param {File} file @param {string} [path] Where to.
 */
export function bring(file, path = '/assets') {
  const id = crypto.randomUUID();
  const ending = new AbortController();
  const stop = () => {
    ending.abort();
    drop(id);
  };
  sending.value = [...sending.value, { id, path, name: file.name, sent: 0, total: file.size, problem: null, stop }];
  waiting.push(async () => {
    if (ending.signal.aborted) return;
    try {
      await upload(path, file, ending.signal, (sent) => note(id, { sent }));
      drop(id);
      tell('assets');
      await readAssets();
    } catch (error) {
      if (!ending.signal.aborted) note(id, { problem: /** @type {any} */ (error) });
    }
  });
  next();
}

/** Throws `Problem`. @param {Asset} asset */
export async function deleteAsset(asset) {
  await remove(`/assets/${asset.asset_id}`);
  tell('assets');
  await readAssets();
}

export function forgetAssets() {
  clearTimeout(looking);
  for (const one of sending.value) one.stop();
  assets.value = null;
}
