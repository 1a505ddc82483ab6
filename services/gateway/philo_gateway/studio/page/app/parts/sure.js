// A button that asks once more before it does what cannot be undone. Looking elsewhere takes it back.
import { html, useSignal } from '../html.js';
import { Icon } from './icon.js';

/** @param {{label: string, ask: string, icon?: string, text?: string, onSure: () => void}} props
 * `text` is shown beside the icon; without it the label is for those who cannot see. */
export function Sure({ label, ask, icon = 'trash-2', text, onSure }) {
  const asking = useSignal(false);
  if (!asking.value)
    return html`
      <button type="button" class=${`btn ${text ? 'plain danger' : 'bare square'}`} aria-label=${text ? undefined : label}
        title=${text ? undefined : label} onClick=${() => (asking.value = true)}>
        <${Icon} name=${icon} size=${text ? 's' : ''} />${text}</button>`;
  return html`
    <button type="button" class="btn danger plain" ref=${(/** @type {HTMLElement | null} */ button) => button?.focus()}
      onBlur=${() => (asking.value = false)} onClick=${onSure}>${ask}</button>`;
}
