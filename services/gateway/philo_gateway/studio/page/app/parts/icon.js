// An icon of the sprite, and the mark of the house.
import { html } from '../html.js';

const SPRITE = new URL('../../vendor/icons.svg', import.meta.url).pathname;

/** @param {{name: string, size?: string}} props */
export const Icon = ({ name, size = '' }) =>
  html`<svg class=${`icon ${size}`} aria-hidden="true"><use href=${`${SPRITE}#${name}`} /></svg>`;

export const Mark = () => html`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--accent)" />
    <g stroke="var(--on-accent)" stroke-width="3" stroke-linecap="round">
      <path d="M9 10h14" /><path d="M9 16h9" /><path d="M9 22h4" opacity=".6" />
    </g>
  </svg>`;
