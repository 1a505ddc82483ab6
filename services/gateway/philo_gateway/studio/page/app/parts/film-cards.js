// Films in a list: what is being made as a strip, the others as cards.
import { html } from '../html.js';
import { ago, clock, t } from '../i18n.js';
import { drawn, secondsOf } from '../job.js';
import { titleOf } from '../naming.js';
import { useLeft } from './countdown.js';
import { Poster, ScenePicture } from './picture.js';
import { Bar } from './status.js';

/** @typedef {import('../job.js').Job} Job */

/** @param {{job: Job}} props */
export function LiveCard({ job }) {
  const left = useLeft(job.id);
  return html`
    <a class="card live-card" href=${`#/videos/${job.id}`}>
      <div class="live-strip">
        ${job.scenes.map((scene) => html`
          <i key=${scene.id} style=${{ flexGrow: secondsOf(scene) }}><${ScenePicture} scene=${scene} /></i>`)}
        ${!job.scenes.length && html`<i class="grow"><div class="raster frame wait work" /></i>`}
      </div>
      <div class="live-words">
        <div class="grow"><h3 class="cut" lang=${job.language}>${titleOf(job)}</h3>
          <p class="small quiet">${t(/** @type {any} */ (`st.${job.status}`))}</p></div>
        ${job.scenes.length > 0 && html`<p class="num small quiet">${t('job.drawn', drawn(job), job.scenes.length)}</p>`}
        <p class="num left-time">${left === undefined
          ? `${job.progress} %`
          : html`${clock(left)} <span class="quiet">${t('job.left')}</span>`}</p>
      </div>
      <${Bar} value=${job.progress} label=${titleOf(job)} />
    </a>`;
}

/** @param {{job: Job}} props */
function FilmCard({ job }) {
  const done = job.status === 'completed';
  const place = `#/videos/${job.id}`;
  const length = clock(job.result?.duration ?? 0);
  return html`
    <li class="film" data-status=${job.status}>
      <a href=${place} aria-label=${done ? `${titleOf(job)}, ${length}` : undefined}>
        <${Poster} job=${job}>${done && html`<span class="len num">${length}</span>`}</${Poster}>
        <span class="film-words">
          <b class="cut" lang=${job.language}>${titleOf(job)}</b>
          <span class="small quiet cut">
            ${!done && html`<span class="word">${t(/** @type {any} */ (`st.${job.status}`))}</span> · `}${ago(job.created_at)}
          </span>
          ${job.error && html`<span class="small why">${job.error.message}</span>`}
        </span>
      </a>
    </li>`;
}

/** @param {{films: Job[]}} props */
export const FilmGrid = ({ films }) => html`
  <ul class="films">${films.map((job) => html`<${FilmCard} key=${job.id} job=${job} />`)}</ul>`;

/** @param {{films: Job[]}} props */
export const LiveList = ({ films }) => html`
  <div class="stack">${films.map((job) => html`<${LiveCard} key=${job.id} job=${job} />`)}</div>`;

/** Where films will be. */
export const FilmBones = () => html`
  <ul class="films" aria-busy="true" aria-label=${t('tl.reading')}>
    ${[0, 1, 2, 3].map((one) => html`
      <li class="film" key=${one}><div class="raster frame wait" />
        <div class="film-words"><span class="bone" style=${{ width: '70%' }} /><span class="bone" style=${{ width: '45%' }} /></div>
      </li>`)}
  </ul>`;
