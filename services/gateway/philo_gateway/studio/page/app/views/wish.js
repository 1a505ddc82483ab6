// What a new film shall be: the form's values, and the request they make. Kept for the next film.
import { signal } from '@preact/signals';
import { forAnother } from '../session.js';

const KEPT = 'philo.wish';

/** @typedef {{from: 'script' | 'idea', script: string, idea: string, look: string, language: string, voice: string, speed: number,
 *   aspect: string, resolution: string, music: string, subtitles: boolean, project: string, track: Own | null,
 *   font: Own | null}} Wish `track` and `font` are uploads of the user's own. */
/** @typedef {import('../parts/own.js').Own} Own */

/** @type {Wish} */
const PLAIN = {
  from: 'script', script: '', idea: '', look: 'paper', language: '', voice: '', speed: 50,
  aspect: '16:9', resolution: '720p', music: 'auto', subtitles: true,
  project: '', track: null, font: null,
};

function first() {
  try {
    return { ...PLAIN, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') };
  } catch {
    return PLAIN; // what another version kept there
  }
}

/** @type {import('@preact/signals').Signal<Wish>} */
export const wish = signal(first());

forAnother(() => {
  wish.value = PLAIN;
  localStorage.removeItem(KEPT);
});

/** Nothing written is lost on a reload. @param {Partial<Wish>} change */
export function want(change) {
  wish.value = { ...wish.value, ...change };
  localStorage.setItem(KEPT, JSON.stringify(wish.value));
}

/** @param {Wish} of */
export const textOf = (of) => (of.from === 'script' ? of.script : of.idea).trim();

/** @param {Wish} of */
function musicOf({ music, track }) {
  if (track) return { track_asset_id: track.id };
  if (music === 'none') return { enabled: false };
  return music === 'auto' ? {} : { mood: music };
}

/** How the film shall look and sound. @param {Wish} of */
export const configOf = (of) => ({
  style: of.look,
  speed: of.speed,
  aspect: of.aspect,
  resolution: of.resolution,
  music: musicOf(of),
  subtitles: { burn_in: of.subtitles, ...(of.font ? { font_asset_id: of.font.id } : {}) },
  ...(of.language ? { language: of.language } : {}),
  ...(of.voice ? { voice: of.voice } : {}),
});

/** The body of `POST /jobs`. @param {Wish} of */
export function requestOf(of) {
  const project = of.project ? { project_id: of.project } : {};
  return { [of.from === 'script' ? 'script' : 'prompt']: textOf(of), config: configOf(of), ...project };
}

/** @param {string} text */
export const wordsIn = (text) => (text.match(/[\u3040-\u30ff\u4e00-\u9fff]|[\p{L}\p{N}'’-]+/gu) ?? []).length;
