// One upload: what it shows, what it is called, how it is.
import { html } from '../html.js';
import { clock, size, t } from '../i18n.js';
import { usePicture } from '../pictures.js';
import { Icon } from './icon.js';

/** @typedef {import('../assets.js').Asset} Asset */

const GLYPHS = { picture: 'image', footage: 'film', audio: 'music', font: 'type' };

/** What it shows, or what kind it is. @param {{asset: Asset, children?: any}} props */
export function AssetPicture({ asset, children }) {
  const src = usePicture(asset.thumbnail_url, asset.status);
  const busy = asset.status === 'processing';
  return html`
    <div class=${`raster frame ${src ? '' : 'wait glyph'} ${busy ? 'work' : ''}`}>
      ${src ? html`<img src=${src} alt="" />` : html`<${Icon} name=${GLYPHS[asset.kind]} />`}
      ${asset.duration ? html`<span class="len num">${clock(asset.duration)}</span>` : null}
      ${children}
    </div>`;
}

/** @param {Asset} asset */
const sidesOf = (asset) => (asset.width ? `${asset.width} × ${asset.height}` : '');

/** Lines break between facts only. @param {string[]} facts */
const inRow = (facts) => facts.filter(Boolean).map((one) => one.replaceAll(' ', '\u00a0')).join('\u00a0· ');

/** @param {{asset: Asset}} props */
export const AssetWords = ({ asset }) => html`
  <span class="film-words">
    <b class="cut" title=${asset.original_filename}>${asset.original_filename}</b>
    ${asset.status === 'failed'
      ? html`<span class="small why">${asset.fault?.message ?? t('up.unusable')}</span>`
      : html`<span class="small quiet num">${asset.status === 'processing'
          ? t('up.looking')
          : inRow([t(/** @type {any} */ (`up.is.${asset.kind}`)), sidesOf(asset), size(asset.size_bytes)])}</span>`}
  </span>`;
