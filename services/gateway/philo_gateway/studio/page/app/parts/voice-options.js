// Voices as options of a select: people first, machines after.
import { html } from '../html.js';
import { t } from '../i18n.js';

/** @param {import('../catalogue.js').Voice} voice */
export const voiceWord = (voice) => `${voice.name} – ${t(voice.natural ? 'voice.natural' : 'voice.synthetic')}, ${genderWord(voice)}`;

/** @param {import('../catalogue.js').Voice} voice */
export const genderWord = (voice) => t(voice.gender === 'female' ? 'voice.female' : 'voice.male');

/** @param {{voices: import('../catalogue.js').Voice[], chosen: string}} props */
export function VoiceOptions({ voices, chosen }) {
  const known = !chosen || voices.some((voice) => voice.id === chosen);
  return html`
    ${!known && html`<option value=${chosen} selected>${chosen}</option>`}
    ${voices.map((voice) => html`
      <option key=${voice.id} value=${voice.id} selected=${voice.id === chosen}>${voiceWord(voice)}</option>`)}`;
}
