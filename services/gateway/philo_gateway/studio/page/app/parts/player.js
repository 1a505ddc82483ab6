// The screen, the strip under it and its controls.
import { html, useRef, useSignal } from '../html.js';
import { clock, t } from '../i18n.js';
import { live, shapeOf } from '../job.js';
import { queue } from '../store.js';
import { Icon } from './icon.js';
import { Poster } from './picture.js';
import { sceneAt } from './parts.js';
import { Strip } from './strip.js';
import { useSubtitles } from './subtitles.js';

/** @typedef {import('../job.js').Job} Job */
/** @typedef {import('./playback.js').Playback} Playback */

/** What stands on the screen before there is anything to see. @param {{job: Job}} props */
function Veil({ job }) {
  const place = queue.value[job.id];
  const queued = job.status === 'queued' && place;
  const title = queued ? t('job.queue', place.position, place.pending_jobs) : t('job.first');
  return html`
    <div class="veil">
      <p class="veil-title">${job.scenes.length ? t('sc.s.paint') : title}</p>
      <p>${t('job.firstsub')}</p>
    </div>`;
}

/** @param {{label: string, icon: string, pressed?: boolean, disabled?: boolean, onClick: () => void}} props */
const Control = ({ label, icon, pressed, disabled, onClick }) => html`
  <button type="button" class="btn bare square" aria-label=${label} title=${label} aria-pressed=${pressed}
    disabled=${disabled} onClick=${onClick}><${Icon} name=${icon} /></button>`;

/** @param {{job: Job, playback: Playback, still: boolean}} props `still`: a moment of the past, at which nothing plays. */
export function Player({ job, playback, still }) {
  const { video, now, playing, stuck, begun, on, toggle, ready, lengths, total, watchable } = playback;
  const muted = useSignal(false);
  const subtitles = useSubtitles(job);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const at = sceneAt(lengths, now.value);
  const scene = job.scenes[at];
  const covered = still || !ready || !begun.value;
  const waitsForMore = ready && live(job) && stuck.value && playing.value;
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : box.current?.requestFullscreen());

  return html`
    <section class="player" aria-label=${t('pl.preview')} ref=${box}>
      <div class=${`screen raster ${!ready && live(job) && !still ? 'work' : ''}`} style=${{ '--shape': shapeOf(job.config.aspect) }}>
        <video ref=${video} ...${on} playsinline preload="metadata" muted=${muted.value} hidden=${covered} onClick=${toggle}>
          ${subtitles.url && subtitles.shown && html`<track kind="subtitles" src=${subtitles.url} default />`}
        </video>
        ${covered && html`<${Poster} job=${job} />`}
        ${!ready && live(job) && !still && html`<${Veil} job=${job} />`}
        ${waitsForMore && html`<div class="veil"><p class="veil-title">${t('job.waitscene', watchable + 1)}</p></div>`}
        ${ready && !still && !playing.value && html`
          <button type="button" class="bigplay" tabindex="-1" aria-label=${t('pl.play')} onClick=${toggle}>
            <${Icon} name="play" /></button>`}
      </div>
      <${Strip} job=${job} playback=${playback} />
      <div class="controls">
        <${Control} label=${t(playing.value ? 'pl.pause' : 'pl.play')} icon=${playing.value ? 'pause' : 'play'}
          disabled=${!ready || still} onClick=${toggle} />
        <span class="num small nowrap">${clock(now.value)} <span class="faint">/ ${total ? clock(total) : '–:––'}</span></span>
        ${scene && html`<span class="small quiet cut grow" lang=${scene.language}>${at + 1} · ${scene.title}</span>`}
        <span class="row ends">
          ${subtitles.url && html`
            <${Control} label=${t('pl.subs')} icon="captions" pressed=${subtitles.shown} onClick=${subtitles.toggle} />`}
          <${Control} label=${t(muted.value ? 'pl.unmute' : 'pl.mute')} icon=${muted.value ? 'volume-x' : 'volume-2'}
            onClick=${() => (muted.value = !muted.value)} />
          <${Control} label=${t('pl.full')} icon="maximize" onClick=${full} />
        </span>
      </div>
    </section>`;
}
