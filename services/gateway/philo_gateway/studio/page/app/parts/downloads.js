// The finished film and what comes with it, and other forms of it.
import { html, useSignal } from '../html.js';
import { get } from '../api.js';
import { keep, keepFile } from '../download.js';
import { size, t } from '../i18n.js';
import { nameOf } from '../job.js';
import { say } from '../toasts.js';
import { Export } from './export.js';
import { Icon } from './icon.js';
import { Menu } from './menu.js';

/** @param {Promise<void>} keeping */
const orSay = (keeping) => keeping.catch(() => say(t('job.nofile')));

/** The film is large: the browser takes it from its signed address itself. @param {string} job @param {string} name */
const keepFilm = async (job, name) => keep((await get(`/jobs/${job}`)).result.signed_url, name);

/** @param {{job: import('../job.js').Job, at: () => number}} props `at`: where the film stands. */
export function Downloads({ job, at }) {
  const exporting = useSignal(false);
  const film = job.result;
  if (!film?.output_url) return null;
  const name = nameOf(job).replace(/[^\p{L}\p{N} _-]/gu, '').trim() || 'philo';
  const file = (/** @type {string} */ url, /** @type {string} */ form) => () => orSay(keepFile(url, `${name}.${form}`));
  return html`
    <${Menu} kind="main" icon="download" text=${t('job.download')} label=${t('job.download')}>
      <button type="button" onClick=${() => orSay(keepFilm(job.id, `${name}.mp4`))}>
        <${Icon} name="film" />${t('job.mp4')}<small>${size(film.size_bytes ?? 0)}</small></button>
      ${film.subtitles && html`
        <button type="button" onClick=${file(film.subtitles.srt, 'srt')}><${Icon} name="captions" />${t('job.srt')}</button>
        <button type="button" onClick=${file(film.subtitles.vtt, 'vtt')}><${Icon} name="captions" />${t('job.vtt')}</button>`}
      ${film.poster_url && html`
        <button type="button" onClick=${file(film.poster_url, 'jpg')}><${Icon} name="image" />${t('job.poster')}</button>`}
      <hr />
      <button type="button" onClick=${() => (exporting.value = true)}><${Icon} name="scissors" />${t('exp.other')}</button>
    </${Menu}>
    ${exporting.value && html`<${Export} job=${job} at=${at()} name=${name} onClose=${() => (exporting.value = false)} />`}`;
}
