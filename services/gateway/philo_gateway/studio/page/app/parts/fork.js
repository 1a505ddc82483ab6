// Another version: the same film in another shape, look, voice or language. What does not change is used again.
import { html, useEffect, useSignal } from '../html.js';
import { post } from '../api.js';
import { askForLooks, askForVoices, languages, looks, speakersOf } from '../catalogue.js';
import { useEstimate } from '../estimating.js';
import { configOf, forkOf, translated } from '../fork.js';
import { money, number, t, told, tongue } from '../i18n.js';
import { useDoing } from '../reading.js';
import { go } from '../route.js';
import { receive } from '../store.js';
import { Choice } from './choice.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { Trouble } from './trouble.js';
import { VoiceOptions } from './voice-options.js';

/** @typedef {import('../fork.js').ForkWish} ForkWish */

const SHAPES = /** @type {[string, string][]} */ (['16:9', '9:16', '1:1', '4:5'].map((shape) => [shape, shape]));

/** @param {{wish: ForkWish, onWant: (change: Partial<ForkWish>) => void}} props */
function Fields({ wish, onWant }) {
  const pick = (/** @type {keyof ForkWish} */ name) => (/** @type {any} */ event) => onWant({ [name]: event.target.value });
  const speak = (/** @type {any} */ event) => onWant({ language: event.target.value, voice: '' });
  return html`
    <div class="field">
      <span class="label">${t('fork.shape')}</span>
      <${Choice} label=${t('fork.shape')} value=${wish.aspect} options=${SHAPES}
        onPick=${(/** @type {string} */ aspect) => onWant({ aspect })} />
    </div>
    <div class="field">
      <label for="fork-look">${t('new.look')}</label>
      <select id="fork-look" class="input" value=${wish.style} onChange=${pick('style')}>
        ${looks.value.map((one) => html`
          <option key=${one.id} value=${one.id} selected=${one.id === wish.style}>${told(`look.${one.id}`) ?? one.name}</option>`)}
      </select>
    </div>
    <div class="pair">
      <div class="field">
        <label for="fork-language">${t('new.language')}</label>
        <select id="fork-language" class="input" value=${wish.language} onChange=${speak}>
          ${[...new Set([wish.language, ...languages()])].map((tag) => html`
            <option key=${tag} value=${tag} selected=${tag === wish.language}>${tongue(tag)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="fork-voice">${t('fork.voice')}</label>
        <select id="fork-voice" class="input" value=${wish.voice} onChange=${pick('voice')}>
          <option value="">${t('new.autovoice')}</option>
          <${VoiceOptions} voices=${speakersOf(wish.language)} chosen=${wish.voice} />
        </select>
      </div>
    </div>`;
}

/** What it takes, or that its words are wanted first.
 * @param {{estimate: import('../estimating.js').Estimate | null, words: boolean}} props */
function Terms({ estimate, words }) {
  if (words) return html`<p class="small quiet">${t('fork.words')}</p>`;
  if (!estimate) return html`<p class="small quiet">${t('fork.reckoning')}</p>`;
  const cost = estimate.cost.free ? t('job.free') : money(estimate.cost.estimated);
  return html`<p class="small quiet num" aria-live="polite">${t('fork.takes', number(Math.round(estimate.eta_seconds)), cost)}</p>`;
}

/** @param {{job: import('../job.js').Job, onClose: () => void}} props */
export function Fork({ job, onClose }) {
  const wish = useSignal(forkOf(job));
  const { busy, trouble: refused, run } = useDoing();
  const words = translated(job, wish.value);
  const path = `/jobs/${job.id}/fork`;
  const config = configOf(job, wish.value);
  const { estimate, trouble } = useEstimate(`${path}/estimate`, words ? null : { config });
  useEffect(() => {
    askForVoices();
    askForLooks();
  }, []);
  const make = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (words) return go(`/videos/${job.id}/words?${new URLSearchParams(wish.value)}`);
    return run(async () => {
      const made = await post(path, { config });
      receive(made);
      onClose();
      go(`/videos/${made.id}`);
    });
  };
  return html`
    <${Dialog} title=${t('fork.title')} sub=${t('fork.sub')} onClose=${onClose}>
      <form class="fork" onSubmit=${make}>
        <${Fields} wish=${wish.value} onWant=${(/** @type {any} */ change) => (wish.value = { ...wish.value, ...change })} />
        <${Trouble} problem=${refused ?? trouble} />
        <div class="between wrap">
          <${Terms} estimate=${estimate} words=${words} />
          <div class="row ends">
            <button type="button" class="btn plain" onClick=${(/** @type {any} */ event) => event.target.closest('dialog').close()}>
              ${t('fork.cancel')}</button>
            <button class="btn main" aria-disabled=${busy}>
              <${Icon} name=${words ? 'languages' : 'git-branch'} size="s" />${t(words ? 'fork.write' : 'fork.go')}</button>
          </div>
        </div>
      </form>
    </${Dialog}>`;
}
