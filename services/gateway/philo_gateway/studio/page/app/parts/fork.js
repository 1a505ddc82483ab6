// Another version: the same film in another shape, look or voice. What does not change is used again.
import { html, useEffect, useSignal } from '../html.js';
import { post } from '../api.js';
import { askForLooks, askForVoices, looks, speakersOf } from '../catalogue.js';
import { t, told } from '../i18n.js';
import { Problem } from '../problem.js';
import { go } from '../route.js';
import { receive } from '../store.js';
import { Choice } from './choice.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { Trouble } from './trouble.js';
import { VoiceOptions } from './voice-options.js';

const SHAPES = /** @type {[string, string][]} */ (['16:9', '9:16', '1:1', '4:5'].map((shape) => [shape, shape]));

/** @param {{job: import('../job.js').Job, onClose: () => void}} props */
export function Fork({ job, onClose }) {
  const shape = useSignal(job.config.aspect === '16:9' ? '9:16' : '16:9');
  const look = useSignal(job.config.style);
  const voice = useSignal(job.config.voice ?? '');
  const [trouble, busy] = [useSignal(/** @type {Problem | null} */ (null)), useSignal(false)];
  useEffect(() => {
    askForVoices();
    askForLooks();
  }, []);

  const make = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    try {
      const config = { aspect: shape.value, style: look.value, ...(voice.value ? { voice: voice.value } : {}) };
      const made = await post(`/jobs/${job.id}/fork`, { config });
      receive(made);
      onClose();
      go(`/videos/${made.id}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    } finally {
      busy.value = false;
    }
  };
  return html`
    <${Dialog} title=${t('fork.title')} sub=${t('fork.sub')} onClose=${onClose}>
      <form class="fork" onSubmit=${make}>
        <div class="field">
          <span class="label">${t('fork.shape')}</span>
          <${Choice} label=${t('fork.shape')} value=${shape.value} options=${SHAPES}
            onPick=${(/** @type {string} */ key) => (shape.value = key)} />
        </div>
        <div class="field">
          <label for="fork-look">${t('new.look')}</label>
          <select id="fork-look" class="input" value=${look.value}
            onChange=${(/** @type {any} */ event) => (look.value = event.target.value)}>
            ${looks.value.map((one) => html`
              <option key=${one.id} value=${one.id} selected=${one.id === look.value}>${told(`look.${one.id}`) ?? one.name}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="fork-voice">${t('fork.voice')}</label>
          <select id="fork-voice" class="input" value=${voice.value}
            onChange=${(/** @type {any} */ event) => (voice.value = event.target.value)}>
            <option value="">${t('new.autovoice')}</option>
            <${VoiceOptions} voices=${speakersOf(job.language ?? 'en')} chosen=${voice.value} />
          </select>
        </div>
        <${Trouble} problem=${trouble.value} />
        <div class="row ends">
          <button type="button" class="btn plain" onClick=${(/** @type {any} */ event) => event.target.closest('dialog').close()}>
            ${t('fork.cancel')}</button>
          <button class="btn main" aria-disabled=${busy.value}><${Icon} name="git-branch" size="s" />${t('fork.go')}</button>
        </div>
      </form>
    </${Dialog}>`;
}
