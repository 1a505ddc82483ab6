// A place to drop files on, or to choose them; and what is on its way up.
import { html, useRef, useSignal } from '../html.js';
import { bring, drop, sending } from '../assets.js';
import { number, size, t } from '../i18n.js';
import { Icon } from './icon.js';
import { Bar } from './status.js';
import { detailOf } from './trouble.js';

/** @typedef {import('../assets.js').Sort} Sort */

const TYPES = /** @type {Record<Sort, string>} */ ({
  picture: '.jpg,.jpeg,.png,.webp,.avif,.gif,.tif,.tiff,.bmp',
  footage: '.mp4,.mov,.avi',
  audio: '.mp3,.m4a,.flac,.wav,.ogg',
  font: '.ttf,.otf,.woff2',
});

/** @param {{sorts: Sort[], path?: string, small?: boolean}} props */
export function Drop({ sorts, path, small }) {
  const over = useSignal(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const take = (/** @type {FileList | null | undefined} */ files) => [...(files ?? [])].forEach((file) => bring(file, path));
  const turn = (/** @type {boolean} */ to) => (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    over.value = to;
  };
  const dropped = (/** @type {DragEvent} */ event) => {
    turn(false)(event);
    take(event.dataTransfer?.files);
  };
  const taken = sorts.map((one) => t(/** @type {any} */ (`up.takes.${one}`))).join(' · ');
  return html`
    <div class=${`drop ${over.value ? 'over' : ''} ${small ? 'small-drop' : ''}`} onDragOver=${turn(true)}
      onDragLeave=${turn(false)} onDrop=${dropped}>
      <${Icon} name="upload" />
      <p class="grow"><span class="wide-only">${t('up.drop')} </span><span class="small faint">${taken}</span></p>
      <button type="button" class="btn plain" onClick=${() => field.current?.click()}>${t('up.choose')}</button>
      <input ref=${field} type="file" hidden multiple accept=${sorts.map((one) => TYPES[one]).join(',')}
        aria-label=${t('up.choose')} onChange=${(/** @type {any} */ event) => {
          take(event.target.files);
          event.target.value = '';
        }} />
    </div>`;
}

/** @param {{one: import('../assets.js').Sending}} props */
function SendingLine({ one }) {
  const share = one.total ? Math.min(100, (one.sent / one.total) * 100) : 0;
  const state = one.problem ? t('up.failed') : t('up.sent', number(Math.floor(share)), size(one.total));
  return html`
    <li class="sending">
      <${Icon} name=${one.problem ? 'triangle-alert' : 'upload'} />
      <div class="grow stack">
        <p class="row"><b class="cut grow">${one.name}</b>
          <span class="small quiet num nowrap">${state}</span></p>
        ${one.problem
          ? html`<p class="wrong" role="alert">${detailOf(one.problem)}</p>`
          : html`<${Bar} value=${share} label=${t('up.sending', one.name)} />`}
      </div>
      <button type="button" class="btn bare square" aria-label=${`${t(one.problem ? 'up.forget' : 'up.stop')}: ${one.name}`}
        onClick=${() => (one.problem ? drop(one.id) : one.stop())}><${Icon} name="x" /></button>
    </li>`;
}

/** What is on its way to one place. @param {{path?: string}} props */
export function SendingList({ path = '/assets' }) {
  const shown = sending.value.filter((one) => one.path === path);
  if (!shown.length) return null;
  return html`<ul class="card keys-list">${shown.map((one) => html`<${SendingLine} key=${one.id} one=${one} />`)}</ul>`;
}
