// The film as a strip: scenes as wide as they are long. It is the progress and the scrubber at once.
import { html } from '../html.js';
import { clock, t } from '../i18n.js';
import { momentWord, ScenePicture } from './picture.js';
import { sceneAt, startOf } from './parts.js';

const UNREAD = [0, 1, 2, 3, 4, 5, 6];
const STEP = 5; // seconds that an arrow key goes

/** @param {{job: import('../job.js').Job, playback: import('./playback.js').Playback}} props */
export function Strip({ job, playback }) {
  const { now, seek, ready, lengths, total } = playback;
  const at = sceneAt(lengths, now.value);
  const scene = job.scenes[at];
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const to = {
      ArrowRight: now.value + STEP,
      ArrowLeft: now.value - STEP,
      PageUp: startOf(lengths, at - 1),
      PageDown: startOf(lengths, at + 1),
      Home: 0,
      End: total,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    seek(Math.min(to, total));
  };
  const told = () => {
    const place = t('pl.at', clock(now.value), clock(total));
    return scene ? `${place}, ${t('sc.scene', at + 1)}, ${momentWord(scene)}` : place;
  };
  return html`
    <div class="strip">
      ${job.scenes.map((one, index) => html`
        <i key=${one.id} class=${`cell ${index === at && ready ? 'here' : ''}`} style=${{ flexGrow: lengths[index] }}>
          <${ScenePicture} scene=${one} />
        </i>`)}
      ${!job.scenes.length && UNREAD.map((one) => html`
        <i key=${one} class="cell"><div class="raster frame wait" /></i>`)}
      ${total > 0 && html`
        <input class="scrub" type="range" min="0" max=${total} step="0.1" value=${now.value} disabled=${!ready}
          aria-label=${t('pl.strip')} aria-valuetext=${told()} onKeyDown=${keys}
          onInput=${(/** @type {any} */ event) => seek(Number(event.target.value))} />`}
    </div>`;
}
