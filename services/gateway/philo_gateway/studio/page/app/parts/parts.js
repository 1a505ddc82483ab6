// Where scenes begin: the parts of the playlist, one a scene, as far as they are there.
import { useEffect, useSignal } from '../html.js';
import { ask } from '../api.js';
import { drawn, secondsOf } from '../job.js';

/** @param {string} playlist @returns {number[]} Seconds of each part. */
export const partsOf = (playlist) => [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map((match) => Number(match[1]));

/** Seconds that each part lasts which can be watched. @param {import('../job.js').Job} job */
export function useParts(job) {
  const parts = useSignal(/** @type {number[]} */ ([]));
  const url = job.result?.preview_url;
  useEffect(() => {
    if (!url) return;
    const accept = 'application/vnd.apple.mpegurl';
    const read = async () => partsOf(await (await ask('GET', url, { accept })).text());
    read().then((found) => (parts.value = found), () => undefined); // what was there before still holds
  }, [url, drawn(job), job.status]);
  return url ? parts.value : [];
}

/** How long each scene is on the strip: as it is in the film where that is known. @param {import('../job.js').Job} job
 * @param {number[]} parts */
export const lengthsOf = (job, parts) => job.scenes.map((scene, index) => parts[index] ?? secondsOf(scene));

/** @param {number[]} lengths @param {number} index Where a scene begins, in seconds. */
export const startOf = (lengths, index) => lengths.slice(0, Math.max(0, index)).reduce((sum, one) => sum + one, 0);

/** Which scene is on at a moment. @param {number[]} lengths @param {number} seconds */
export function sceneAt(lengths, seconds) {
  let end = 0;
  for (const [index, length] of lengths.entries()) {
    end += length;
    if (seconds < end) return index;
  }
  return Math.max(0, lengths.length - 1);
}
