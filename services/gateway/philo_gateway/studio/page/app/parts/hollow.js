// A place where nothing is yet, and what will be there.
import { html } from '../html.js';
import { Icon } from './icon.js';

/** @param {{icon: string, words: string}} props */
export const Hollow = ({ icon, words }) => html`<div class="hollow"><${Icon} name=${icon} /><p>${words}</p></div>`;
