// What a new film shall be: the form's values, and the request they make. Kept for the next film.
import { signal } from '@preact/signals';

const KEPT = 'philo.wish';

/** @typedef {{from: 'script' | 'idea', script: string, idea: string, look: string, language: string, voice: string, speed: number,
 *   aspect: string, resolution: string, music: string, subtitles: boolean}} Wish */

/** @type {Wish} */
const PLAIN = {
  from: 'script', script: '', idea: '', look: 'paper', language: '', voice: '', speed: 50,
  aspect: '16:9', resolution: '720p', music: 'auto', subtitles: true,
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

/** Nothing written is lost on a reload. @param {Partial<Wish>} change */
export function want(change) {
  wish.value = { ...wish.value, ...change };
  localStorage.setItem(KEPT, JSON.stringify(wish.value));
}

/** @param {Wish} of */
export const textOf = (of) => (of.from === 'script' ? of.script : of.idea).trim();

/** The body of `POST /jobs`. @param {Wish} of */
export function requestOf(of) {
  const music = { auto: {}, none: { enabled: false } }[/** @type {'auto'} */ (of.music)] ?? { mood: of.music };
  const config = {
    style: of.look,
    speed: of.speed,
    aspect: of.aspect,
    resolution: of.resolution,
    music,
    subtitles: { burn_in: of.subtitles },
    ...(of.language ? { language: of.language } : {}),
    ...(of.voice ? { voice: of.voice } : {}),
  };
  return { [of.from === 'script' ? 'script' : 'prompt']: textOf(of), config };
}

/** @param {string} text */
export const wordsIn = (text) => (text.match(/[\u3040-\u30ff\u4e00-\u9fff]|[\p{L}\p{N}'’-]+/gu) ?? []).length;
