// Radio buttons that look like one control, and tabs.
import { html, useId } from '../html.js';
import { Icon } from './icon.js';

/** @param {{label: string, value: string, options: [string, string, string?][], onPick: (key: string) => void}} props */
export function Choice({ label, value, options, onPick }) {
  const name = useId();
  return html`
    <div class="choice" role="radiogroup" aria-label=${label}>
      ${options.map(([key, word, icon]) => html`
        <label>
          <input type="radio" name=${name} value=${key} checked=${key === value} onChange=${() => onPick(key)} />
          ${icon && html`<${Icon} name=${icon} size="s" />`}${word}
        </label>`)}
    </div>`;
}

/** @param {{label: string, value: string, tabs: [string, string, number?][], onPick: (key: string) => void}} props */
export function Tabs({ label, tabs, value, onPick }) {
  const move = (/** @type {any} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {'ArrowLeft'} */ (event.key)];
    if (!step) return;
    const at = (tabs.findIndex(([key]) => key === value) + step + tabs.length) % tabs.length;
    onPick(tabs[at][0]);
    event.currentTarget.children[at].focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} onKeyDown=${move}>
      ${tabs.map(([key, word, count]) => html`
        <button type="button" role="tab" id=${`tab-${key}`} aria-selected=${key === value} aria-controls="panel"
          tabindex=${key === value ? 0 : -1} onClick=${() => onPick(key)}>
          ${word}${count ? html`<sup class="num">${count}</sup>` : null}
        </button>`)}
    </div>`;
}

/** Buttons that narrow a list down.
 * @param {{label: string, value: string, options: [string, string][], onPick: (key: string) => void}} props */
export const Chips = ({ label, value, options, onPick }) => html`
  <div class="chips" role="group" aria-label=${label}>
    ${options.map(([key, word]) => html`
      <button type="button" class="chip" key=${key} aria-pressed=${key === value} onClick=${() => onPick(key)}>${word}</button>`)}
  </div>`;
