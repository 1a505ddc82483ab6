// A place where nothing is yet: what will be there, and how to begin.
import { html } from '../html.js';
import { Icon } from './icon.js';

/** @param {{icon: string, words: string, children?: any}} props `children` are ways to begin. */
export const Hollow = ({ icon, words, children }) => html`
  <div class="hollow"><${Icon} name=${icon} /><p>${words}</p>${children}</div>`;
