// What a film is called on the page: one whose words were refused before they were read has no name of its own.
import { t } from './i18n.js';
import { nameOf } from './job.js';

/** @param {import('./job.js').Job} job */
export const titleOf = (job) => nameOf(job) || t('film.untitled');
