// What a scene has been in the film, and the way back to it.
import { html, useEffect, useSignal } from '../html.js';
import { get } from '../api.js';
import { t } from '../i18n.js';
import { usePicture } from '../pictures.js';

/** @typedef {{take: number, narration: string, thumbnail_url: string | null, current: boolean}} Take */

/** @param {{take: Take, lang: string, now: boolean, idle: boolean, onUse: (take: number) => void}} props */
function TakeCard({ take, lang, now, idle, onUse }) {
  const src = usePicture(take.thumbnail_url, take.take);
  return html`
    <li class=${now ? 'on' : ''}>
      <div class=${`raster frame ${src ? '' : 'wait'}`}>${src && html`<img src=${src} alt="" />`}</div>
      <span class="take-words">
        <span class="small">${t('sc.take', take.take)}</span>
        ${now
          ? html`<span class="small live-word">${t('sc.now')}</span>`
          : html`<button type="button" class="link small" disabled=${!idle} onClick=${() => onUse(take.take)}
              aria-label=${`${t('sc.use')}: ${t('sc.take', take.take)}`}>${t('sc.use')}</button>`}
      </span>
      <p class="tiny faint take-said" lang=${lang}>${take.narration}</p>
    </li>`;
}

/** @param {{job: import('../job.js').Job, scene: import('../job.js').Scene, busy: boolean, onUse: (take: number) => void}} props */
export function Takes({ job, scene, busy, onUse }) {
  const takes = useSignal(/** @type {Take[]} */ ([]));
  useEffect(() => {
    get(`/jobs/${job.id}/scenes/${scene.id}/takes`).then(
      (found) => (takes.value = found),
      () => (takes.value = []), // a film that is not finished has none
    );
  }, [scene.id, scene.revision, job.result?.revision]);
  if (!takes.value.length) return null;
  return html`
    <fieldset class="stack">
      <legend class="label">${t('sc.takes')}</legend>
      <ul class="takes">
        ${takes.value.map((take) => html`
          <${TakeCard} key=${take.take} take=${take} lang=${scene.language} now=${take.current && !busy}
            idle=${!busy} onUse=${onUse} />`)}
        ${busy && html`
          <li class="on"><div class="raster frame work wait" />
            <span class="small live-word">${t('sc.s.redo')}</span></li>`}
      </ul>
      ${takes.value.length > 1 && html`<p class="hint">${t('sc.free')}</p>`}
    </fieldset>`;
}
