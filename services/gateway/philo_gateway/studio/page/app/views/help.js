// Which keys do what, and whether they do.
import { html, signal } from '../html.js';
import { t } from '../i18n.js';
import { allowKeys, singleKeys } from '../keys.js';
import { Dialog } from '../parts/dialog.js';

export const helping = signal(false);

const KEYS = /** @type {[string[], import('../i18n.js').Key][]} */ ([
  [['Space', 'K'], 'keys.play'],
  [['[', ']'], 'keys.scene'],
  [['J', 'L'], 'keys.time'],
  [['E'], 'keys.edit'],
  [['T'], 'keys.tab'],
  [['N'], 'keys.new'],
  [['?'], 'keys.help'],
  [['Esc'], 'keys.close'],
]);

export function Help() {
  if (!helping.value) return null;
  return html`
    <${Dialog} title=${t('keys.title')} onClose=${() => (helping.value = false)}>
      <dl class="keys">
        ${KEYS.map(([keys, word]) => html`
          <div key=${word}><dt>${t(word)}</dt><dd>${keys.map((key) => html`<kbd key=${key}>${key}</kbd> `)}</dd></div>`)}
      </dl>
      <label class="check">
        <input type="checkbox" checked=${singleKeys.value} onChange=${(/** @type {any} */ event) => allowKeys(event.target.checked)} />
        <span>${t('keys.on')}</span>
      </label>
    </${Dialog}>`;
}
