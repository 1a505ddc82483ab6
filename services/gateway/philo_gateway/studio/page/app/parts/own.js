// A thing of the user's own that takes the place of what Philo would make: a button to choose it, and its name.
import { html, useSignal } from '../html.js';
import { t } from '../i18n.js';
import { AssetPicker } from './asset-picker.js';
import { Icon } from './icon.js';

/** @typedef {{id: string, name: string}} Own */

/** @param {{own: Own | null, word: string, title: string, icon: string, sorts: import('../assets.js').Sort[],
 *   onPick: (own: Own | null) => void}} props */
export function OwnChoice({ own, word, title, icon, sorts, onPick }) {
  const picking = useSignal(false);
  const pick = (/** @type {import('../assets.js').Asset} */ asset) => onPick({ id: asset.asset_id, name: asset.original_filename });
  return html`
    ${own
      ? html`<p class="own"><${Icon} name=${icon} size="s" /><span class="cut grow">${own.name}</span>
          <button type="button" class="btn bare square" aria-label=${`${t('up.takeout')}: ${own.name}`}
            onClick=${() => onPick(null)}><${Icon} name="x" size="s" /></button></p>`
      : html`<button type="button" class="btn bare own-choose" onClick=${() => (picking.value = true)}>
          <${Icon} name=${icon} size="s" />${word}</button>`}
    ${picking.value && html`
      <${AssetPicker} title=${title} sorts=${sorts} onPick=${pick} onClose=${() => (picking.value = false)} />`}`;
}
