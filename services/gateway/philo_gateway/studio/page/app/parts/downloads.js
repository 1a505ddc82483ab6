// The finished film and what comes with it. Files need credentials: they are fetched, and handed to the browser to keep.
import { html } from '../html.js';
import { ask, get } from '../api.js';
import { size, t } from '../i18n.js';
import { nameOf } from '../job.js';
import { say } from '../toasts.js';
import { Icon } from './icon.js';
import { Menu } from './menu.js';

/** @param {string} href @param {string} name */
function keep(href, name) {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

/** @param {string} url @param {string} name */
async function keepFile(url, name) {
  try {
    const blob = await (await ask('GET', url, { accept: '*/*' })).blob();
    const href = URL.createObjectURL(blob);
    keep(href, name);
    setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser may still be writing
  } catch {
    say(t('job.nofile'));
  }
}

/** The film is large: the browser takes it from its signed address itself. @param {string} job @param {string} name */
async function keepFilm(job, name) {
  try {
    keep((await get(`/jobs/${job}`)).result.signed_url, name);
  } catch {
    say(t('job.nofile'));
  }
}

/** @param {{job: import('../job.js').Job}} props */
export function Downloads({ job }) {
  const film = job.result;
  if (!film?.output_url) return null;
  const name = nameOf(job).replace(/[^\p{L}\p{N} _-]/gu, '').trim() || 'philo';
  const file = (/** @type {string} */ url, /** @type {string} */ form) => () => keepFile(url, `${name}.${form}`);
  return html`
    <${Menu} kind="main" icon="download" text=${t('job.download')} label=${t('job.download')}>
      <button type="button" onClick=${() => keepFilm(job.id, `${name}.mp4`)}>
        <${Icon} name="film" />${t('job.mp4')}<small>${size(film.size_bytes ?? 0)}</small></button>
      ${film.subtitles && html`
        <button type="button" onClick=${file(film.subtitles.srt, 'srt')}><${Icon} name="captions" />${t('job.srt')}</button>
        <button type="button" onClick=${file(film.subtitles.vtt, 'vtt')}><${Icon} name="captions" />${t('job.vtt')}</button>`}
      ${film.poster_url && html`
        <button type="button" onClick=${file(film.poster_url, 'jpg')}><${Icon} name="image" />${t('job.poster')}</button>`}
    </${Menu}>`;
}
