// A native modal dialog with a head and a way out.
import { html, useEffect, useId, useRef } from '../html.js';
import { t } from '../i18n.js';
import { Icon } from './icon.js';

/** @param {{title: string, sub?: string, wide?: boolean, onClose: () => void, children?: any}} props */
export function Dialog({ title, sub, wide, onClose, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useEffect(() => box.current?.showModal(), []);
  const close = () => box.current?.close();
  return html`
    <dialog ref=${box} class=${`dialog ${wide ? 'wide-dialog' : ''}`} aria-labelledby=${id} onClose=${onClose}
      onClick=${(/** @type {any} */ event) => event.target === box.current && close()}>
      <div class="between">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="btn bare square" aria-label=${t('sc.close')} onClick=${close}>
          <${Icon} name="x" />
        </button>
      </div>
      ${sub && html`<p class="quiet dialog-sub">${sub}</p>`}
      ${children}
    </dialog>`;
}
