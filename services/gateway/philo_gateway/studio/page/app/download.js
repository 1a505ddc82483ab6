// Handing files to the browser to keep.
import { ask } from './api.js';

/** @param {string} href @param {string} name */
export function keep(href, name) {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

/** A file that needs credentials is fetched first. Throws `Problem`. @param {string} url @param {string} name */
export async function keepFile(url, name) {
  const blob = await (await ask('GET', url, { accept: '*/*' })).blob();
  const href = URL.createObjectURL(blob);
  keep(href, name);
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser may still be writing
}
