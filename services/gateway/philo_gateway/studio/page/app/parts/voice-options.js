// Voices as options of a select: people first, machines after.
import { html } from '../html.js';
import { t, tongue } from '../i18n.js';

/** @typedef {import('../catalogue.js').Voice} Voice */

/** A synthetic voice has the name of what it speaks, and that is told in the reader's language. @param {Voice} voice */
export const voiceName = (voice) => (voice.natural ? voice.name : tongue(voice.language));

/** @param {Voice} voice */
export const voiceKind = (voice) =>
  t('voice.kind', t(`voice.${voice.gender === 'female' ? 'female' : 'male'}`), t(`voice.${voice.natural ? 'natural' : 'synthetic'}`));

/** @param {{voices: import('../catalogue.js').Voice[], chosen: string}} props */
export function VoiceOptions({ voices, chosen }) {
  const known = !chosen || voices.some((voice) => voice.id === chosen);
  return html`
    ${!known && html`<option value=${chosen} selected>${chosen}</option>`}
    ${voices.map((voice) => html`
      <option key=${voice.id} value=${voice.id} selected=${voice.id === chosen}>${voiceName(voice)} – ${voiceKind(voice)}</option>`)}`;
}
