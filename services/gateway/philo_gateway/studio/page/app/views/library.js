// The user's own pictures, footage, music and fonts: brought here, used in films.
import { html, useEffect, useSignal } from '../html.js';
import { assetPages, assets, deleteAsset, moreAssets, readAssets } from '../assets.js';
import { t } from '../i18n.js';
import { useDoing } from '../reading.js';
import { whenTold } from '../telling.js';
import { AssetPicture, AssetWords } from '../parts/asset-tile.js';
import { Chips } from '../parts/choice.js';
import { Hollow } from '../parts/hollow.js';
import { More } from '../parts/more.js';
import { Sure } from '../parts/sure.js';
import { Trouble } from '../parts/trouble.js';
import { Drop, SendingList } from '../parts/upload.js';

/** @typedef {import('../assets.js').Asset} Asset */
/** @typedef {import('../assets.js').Sort} Sort */

const SORTS = /** @type {Sort[]} */ (['picture', 'footage', 'audio', 'font']);

/** @param {{asset: Asset, onDelete: () => void}} props */
export const AssetCard = ({ asset, onDelete }) => html`
  <li class="asset" data-status=${asset.status}>
    <${AssetPicture} asset=${asset} />
    <div class="row asset-foot"><span class="grow"><${AssetWords} asset=${asset} /></span>
      <${Sure} label=${`${t('up.delete')}: ${asset.original_filename}`} ask=${t('up.deletesure')} onSure=${onDelete} /></div>
  </li>`;

export const AssetBones = () => html`
  <ul class="tiles" aria-busy="true" aria-label=${t('tl.reading')}>
    ${[0, 1, 2, 3].map((one) => html`<li class="asset" key=${one}><div class="raster frame wait" />
      <span class="film-words"><span class="bone" style=${{ width: '60%' }} /></span></li>`)}
  </ul>`;

export function Library() {
  const sort = useSignal('');
  const reading = useSignal(/** @type {any} */ (null));
  const deleting = useDoing();
  const part = sort.value;
  const read = () => readAssets(part).then(() => (reading.value = null), (error) => (reading.value = error));
  useEffect(() => {
    read();
    return whenTold('assets', read);
  }, [part]);
  const shown = (assets.value ?? []).filter((one) => !part || one.kind === part);
  const kinds = /** @type {[string, string][]} */ ([
    ['', t('up.all')],
    ...SORTS.map((one) => [one, t(/** @type {any} */ (`up.s.${one}`))]),
  ]);
  return html`
    <main id="main" class="page">
      <header class="page-head"><div><h1 tabindex="-1">${t('nav.library')}</h1><p class="quiet">${t('up.sub')}</p></div></header>
      <div class="stack library">
        <${Drop} sorts=${SORTS} />
        <${SendingList} />
        <${Trouble} problem=${reading.value ?? deleting.trouble} onRetry=${reading.value ? read : undefined} />
        ${Boolean(assets.value?.length) && html`
          <${Chips} label=${t('nav.library')} value=${part} options=${kinds}
            onPick=${(/** @type {string} */ key) => (sort.value = key)} />`}
        ${!shown.length && assetPages.isWhole(part) && html`
          <${Hollow} icon="images" words=${t(assets.value?.length ? 'up.nonekind' : 'up.none')} />`}
        ${!shown.length && !assetPages.isWhole(part) && !reading.value && html`<${AssetBones} />`}
        ${shown.length > 0 && html`
          <ul class="tiles">${shown.map((asset) => html`
            <${AssetCard} key=${asset.asset_id} asset=${asset}
              onDelete=${() => deleting.run(() => deleteAsset(asset))} />`)}</ul>`}
        <${More} key=${part} list=".library .tiles > li" word=${t('up.older')} goesOn=${() => assetPages.goesOn(part)}
          onMore=${() => moreAssets(part)} />
      </div>
    </main>`;
}
