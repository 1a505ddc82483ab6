// A secret that is shown once, to be copied and kept.
import { html } from '../html.js';
import { t } from '../i18n.js';
import { say } from '../toasts.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';

/** @param {{title: string, sub: string, secret: string, onClose: () => void}} props */
export function Secret({ title, sub, secret, onClose }) {
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    say(t('keys.copied'));
  };
  const shut = (/** @type {any} */ event) => event.target.closest('dialog').close();
  return html`
    <${Dialog} title=${title} sub=${sub} onClose=${onClose}>
      <label class="sr" for="secret">${title}</label>
      <input id="secret" class="input mono" readonly value=${secret}
        onFocus=${(/** @type {any} */ event) => event.target.select()} />
      <div class="row ends">
        <button type="button" class="btn plain" onClick=${copy}><${Icon} name="copy" size="s" />${t('key.copy')}</button>
        <button type="button" class="btn main" onClick=${shut}>${t('key.kept')}</button>
      </div>
    </${Dialog}>`;
}
