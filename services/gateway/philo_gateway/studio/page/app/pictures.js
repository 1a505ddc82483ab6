// Pictures of films need credentials, which <img> cannot send: they are fetched once and kept as blobs.
import { useEffect, useSignal } from './html.js';
import { ask } from './api.js';

/** @type {Map<string, Promise<string>>} */
const kept = new Map();

/** @param {string} url */
async function fetched(url) {
  const answer = await ask('GET', url, { accept: 'image/*' });
  return URL.createObjectURL(await answer.blob());
}

/** The address of a picture that may be shown; `mark` tells one picture at the same path from another.
 * @param {string} url @param {string | number} mark */
function picture(url, mark) {
  const key = `${url}#${mark}`;
  const found = kept.get(key) ?? fetched(url);
  kept.set(key, found);
  found.catch(() => kept.delete(key));
  return found;
}

/** @param {string | null | undefined} url @param {string | number} mark @returns {string | null} Null until it is there. */
export function usePicture(url, mark) {
  const shown = useSignal(/** @type {string | null} */ (null));
  useEffect(() => {
    let current = true;
    if (!url) shown.value = null;
    else picture(url, mark).then((found) => current && (shown.value = found), () => current && (shown.value = null));
    return () => {
      current = false;
    };
  }, [url, mark]);
  return shown.value;
}

export function dropPictures() {
  for (const found of kept.values()) found.then(URL.revokeObjectURL, () => undefined);
  kept.clear();
}
