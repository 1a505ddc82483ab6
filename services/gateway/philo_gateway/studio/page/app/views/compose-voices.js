// Who speaks, in which language and how fast. Each voice can be heard first.
import { html, useEffect, useRef, useSignal } from '../html.js';
import { askForVoices, guessed, languages, speakersOf } from '../catalogue.js';
import { t, tongue } from '../i18n.js';
import { say } from '../toasts.js';
import { Icon } from '../parts/icon.js';
import { voiceKind, voiceName } from '../parts/voice-options.js';
import { textOf, want, wish } from './wish.js';

const FEW = 4;

/** One player for all samples, so that two never speak at once. */
function useSample() {
  const who = useSignal('');
  const audio = useRef(/** @type {HTMLAudioElement | null} */ (null));
  const silent = () => (who.value = '');
  const play = (/** @type {import('../catalogue.js').Voice} */ voice) => {
    audio.current?.pause();
    if (who.value === voice.id) return void silent();
    who.value = voice.id;
    audio.current = new Audio(voice.sample_url);
    audio.current.onended = silent;
    audio.current.onerror = () => {
      silent();
      say(t('new.nosample'));
    };
    audio.current.play().catch(silent);
  };
  useEffect(() => () => audio.current?.pause(), []);
  return { who: who.value, play };
}

/** @param {{voice: import('../catalogue.js').Voice, heard: boolean, onHear: () => void}} props */
const Speaker = ({ voice, heard, onHear }) => html`
  <div class="speaker">
    <label class="tile grow row">
      <input type="radio" name="voice" checked=${wish.value.voice === voice.id} onChange=${() => want({ voice: voice.id })} />
      <span class="grow"><b>${voiceName(voice)}</b> <span class="quiet">${voiceKind(voice)}</span></span>
      ${voice.natural && html`<span class="small faint wide-only">${tongue(voice.language)}</span>`}
    </label>
    <button type="button" class=${`btn bare square hear ${heard ? 'on' : ''}`} onClick=${onHear}
      aria-label=${heard ? t('new.quiet') : t('new.hear', voiceName(voice))}>
      <${Icon} name=${heard ? 'square' : 'play'} size="s" /></button>
  </div>`;

export function Voices() {
  const sample = useSample();
  const all = useSignal(false);
  useEffect(() => void askForVoices(), []);
  const language = wish.value.language || guessed(textOf(wish.value));
  const speakers = speakersOf(language);
  const shown = all.value ? speakers : speakers.filter((one, index) => index < FEW || one.id === wish.value.voice);
  const speak = (/** @type {any} */ event) => want({ language: event.target.value, voice: '' });
  return html`
    <fieldset>
      <legend class="section h2">${t('new.voice')}</legend>
      <div class="card voices">
        <div class="pace">
          <label for="language" class="quiet">${t('new.language')}</label>
          <select id="language" class="input small-input" value=${wish.value.language} onChange=${speak}>
            <option value="">${t('new.detect')}</option>
            ${languages().map((tag) => html`
              <option key=${tag} value=${tag} selected=${tag === wish.value.language}>${tongue(tag)}</option>`)}
          </select>
        </div>
        <div class="speaker">
          <label class="tile grow row">
            <input type="radio" name="voice" checked=${!wish.value.voice} onChange=${() => want({ voice: '' })} />
            <span class="grow"><b>${t('new.autovoice')}</b> <span class="quiet">${t('new.autovoicesub')}</span></span>
          </label>
        </div>
        ${shown.map((voice) => html`
          <${Speaker} key=${voice.id} voice=${voice} heard=${sample.who === voice.id} onHear=${() => sample.play(voice)} />`)}
        ${shown.length < speakers.length && html`
          <button type="button" class="btn bare more" onClick=${() => (all.value = true)}>
            ${t('new.morevoices', speakers.length - shown.length)}</button>`}
        <div class="pace">
          <label for="pace" class="quiet">${t('new.speed')}</label>
          <span class="small faint">${t('new.slow')}</span>
          <input id="pace" type="range" class="slide" min="0" max="100" value=${wish.value.speed}
            style=${{ '--at': `${wish.value.speed}%` }}
            onInput=${(/** @type {any} */ event) => want({ speed: Number(event.target.value) })} />
          <span class="small faint">${t('new.fast')}</span>
        </div>
      </div>
    </fieldset>`;
}
