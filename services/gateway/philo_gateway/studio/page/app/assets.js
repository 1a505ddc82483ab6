// What the user has uploaded, and what is on its way up.
import { signal } from '@preact/signals';
import { get, remove } from './api.js';
import { heldIn, paging } from './paging.js';
import { Problem } from './problem.js';
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
const AT_ONCE = 4; // that many are asked for in one look: the others wait behind them
const PARALLEL = 2;

/** Null until they were read. @type {import('@preact/signals').Signal<Asset[] | null>} */
export const assets = signal(null);
/** @type {import('@preact/signals').Signal<Sending[]>} */
export const sending = signal([]);

/** @param {Sort[]} sorts */
export const readyOf = (sorts) =>
  (assets.value ?? []).filter((one) => one.status === 'ready' && sorts.includes(one.kind));

/** The part of the uploads that are footage of a project. @param {string} id */
export const inProject = (id) => `project:${id}`;

/** @param {string} part A kind, or a project's footage. */
function pathOf(part) {
  if (part.startsWith('project:')) return `/projects/${part.slice(8)}/videos`;
  return part ? `/assets?kind=${part}` : '/assets';
}

const holding = heldIn(assets, (/** @type {Asset} */ asset) => asset.asset_id);
export const assetPages = paging({
  pathOf,
  isIn: (/** @type {Asset} */ asset, part) => !part || asset.kind === part || inProject(asset.project_id ?? '') === part,
  ...holding,
});
let looking = 0;

/** Some are being looked at: those are asked for until they are settled, the oldest first. */
function look() {
  clearTimeout(looking);
  const waiting = (assets.value ?? []).filter((one) => one.status === 'processing').slice(-AT_ONCE);
  if (!waiting.length) return;
  looking = window.setTimeout(() => Promise.all(waiting.map(askAgain)).then(look), LOOK);
}

/** @param {Asset} asset */
async function askAgain(asset) {
  try {
    const found = await get(`/assets/${asset.asset_id}`);
    if (assets.value) holding.keep([found]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 404) holding.keep([], [asset]); // anything else may be over at the next look
  }
}

/** The newest of a part, and as many as were read before. Throws `Problem`. @param {string} [part] */
export async function readAssets(part) {
  await assetPages.read(part);
  look();
}

/** Those of a part that follow. Throws `Problem`. @param {string} [part] */
export async function moreAssets(part) {
  await assetPages.more(part);
  look();
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
      const made = await upload(path, file, ending.signal, (sent) => note(id, { sent }));
      drop(id);
      holding.keep([made]);
      look();
      tell('assets');
    } catch (error) {
      if (!ending.signal.aborted) note(id, { problem: /** @type {any} */ (error) });
    }
  });
  next();
}

/** Throws `Problem`. @param {Asset} asset */
export async function deleteAsset(asset) {
  await remove(`/assets/${asset.asset_id}`);
  holding.keep([], [asset]);
  tell('assets');
}

export function forgetAssets() {
  clearTimeout(looking);
  for (const one of sending.value) one.stop();
  assets.value = null;
  assetPages.forget();
}
