// Choose one of the uploads, or bring another one.
import { html, useEffect, useSignal } from '../html.js';
import { assetPages, assets, moreAssets, readAssets, readyOf } from '../assets.js';
import { t } from '../i18n.js';
import { AssetPicture, AssetWords } from './asset-tile.js';
import { Dialog } from './dialog.js';
import { Hollow } from './hollow.js';
import { More } from './more.js';
import { Trouble } from './trouble.js';
import { Drop, SendingList } from './upload.js';

/** @typedef {import('../assets.js').Asset} Asset */

/** @param {{title: string, sorts: import('../assets.js').Sort[], chosen?: string, onPick: (asset: Asset) => void,
 *   onClose: () => void}} props */
export function AssetPicker({ title, sorts, chosen, onPick, onClose }) {
  const trouble = useSignal(/** @type {any} */ (null));
  const read = () =>
    Promise.all(sorts.map(readAssets)).then(() => (trouble.value = null), (error) => (trouble.value = error));
  useEffect(() => void read(), []);
  const pick = (/** @type {Asset} */ asset) => (/** @type {any} */ event) => {
    onPick(asset);
    event.target.closest('dialog').close();
  };
  const ready = readyOf(sorts);
  const looked = (assets.value ?? []).filter((one) => one.status !== 'ready' && sorts.includes(one.kind));
  return html`
    <${Dialog} title=${title} sub=${t('up.pick')} onClose=${onClose} wide>
      <div class="stack picker">
        <${Drop} sorts=${sorts} small />
        <${SendingList} />
        <${Trouble} problem=${trouble.value} onRetry=${read} />
        ${sorts.every(assetPages.isWhole) && !ready.length && !looked.length && html`
          <${Hollow} icon="images" words=${t('up.nonekind')} />`}
        <ul class="tiles">
          ${looked.map((asset) => html`
            <li key=${asset.asset_id} class="asset"><${AssetPicture} asset=${asset} /><${AssetWords} asset=${asset} /></li>`)}
          ${ready.map((asset) => html`
            <li key=${asset.asset_id} class="asset">
              <button type="button" class="tile" aria-pressed=${asset.asset_id === chosen} onClick=${pick(asset)}>
                <${AssetPicture} asset=${asset} /><${AssetWords} asset=${asset} /></button>
            </li>`)}
        </ul>
        <${More} list=".picker .tiles > li" word=${t('up.older')} goesOn=${() => sorts.some(assetPages.goesOn)}
          onMore=${() => Promise.all(sorts.filter(assetPages.goesOn).map(moreAssets))} />
      </div>
    </${Dialog}>`;
}
