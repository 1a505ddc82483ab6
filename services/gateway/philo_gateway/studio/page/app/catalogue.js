// The looks and voices there are. They are asked for once.
import { signal } from '@preact/signals';

/** @typedef {{id: string, name: string, description: string, sample_url: string}} Look */
/** @typedef {{id: string, provider: string, language: string, gender: string, name: string, natural: boolean,
 *   sample_url: string}} Voice */

/** @type {import('@preact/signals').Signal<Look[]>} */
export const looks = signal([]);
/** @type {import('@preact/signals').Signal<Voice[]>} */
export const voices = signal([]);

/** @param {string} path @param {import('@preact/signals').Signal<any[]>} into */
async function fill(path, into) {
  if (into.value.length) return;
  const answer = await fetch(path);
  if (answer.ok) into.value = (await answer.json()).items;
}

export const askForLooks = () => fill('/api/v1/looks', looks);
export const askForVoices = () => fill('/api/v1/voices', voices);

const base = (/** @type {string} */ tag) => tag.split('-')[0];

/** Voices that speak a language, natural ones first. @param {string} language */
export function speakersOf(language) {
  const found = voices.value.filter((voice) => base(voice.language) === base(language));
  return found.sort((one, other) => Number(other.natural) - Number(one.natural));
}

/** Every language that somebody speaks. */
export const languages = () => [...new Set(voices.value.map((voice) => base(voice.language)))];

const SIGNS = /** @type {[RegExp, string][]} */ ([
  [/[\u3040-\u30ff]/u, 'ja'],
  [/[\uac00-\ud7af]/u, 'ko'],
  [/[\u4e00-\u9fff]/u, 'zh'],
  [/[\u0400-\u04ff]/u, 'ru'],
  [/[\u0600-\u06ff]/u, 'ar'],
  [/[\u0900-\u097f]/u, 'hi'],
]);

/** A guess from the letters alone, to offer voices by; the server looks closer. @param {string} text */
export const guessed = (text) => SIGNS.find(([sign]) => sign.test(text))?.[1] ?? 'en';
