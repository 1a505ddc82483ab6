// How a film is, in a word; and how far, as a bar.
import { html } from '../html.js';
import { t } from '../i18n.js';
import { live } from '../job.js';
import { Icon } from './icon.js';

/** @param {{job: import('../job.js').Job}} props */
export function Status({ job }) {
  const word = t(/** @type {any} */ (`st.${job.status}`));
  if (live(job)) return html`<span class="pill live"><i class="dot" />${word}</span>`;
  if (job.status === 'completed') return html`<span class="pill"><${Icon} name="check" size="s" />${word}</span>`;
  if (job.status === 'cancelled') return html`<span class="pill">${word}</span>`;
  return html`<span class="pill bad"><${Icon} name="triangle-alert" size="s" />${word}</span>`;
}

/** @param {{value: number, label: string}} props Per cent. */
export const Bar = ({ value, label }) => html`
  <div class="bar" role="progressbar" aria-valuenow=${Math.round(value)} aria-valuemin="0" aria-valuemax="100"
    aria-label=${label}><i style=${{ width: `${value}%` }} /></div>`;
