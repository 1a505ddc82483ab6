// All films: what is being made as strips, then the others as cards.
import { html, useEffect, useSignal } from '../html.js';
import { ago, clock, t } from '../i18n.js';
import { drawn, live, nameOf, secondsOf } from '../job.js';
import { Problem } from '../problem.js';
import { films, making, refill } from '../store.js';
import { useLeft } from '../parts/countdown.js';
import { Icon } from '../parts/icon.js';
import { Poster, ScenePicture } from '../parts/picture.js';
import { Bar } from '../parts/status.js';
import { Trouble } from '../parts/trouble.js';

/** @typedef {import('../job.js').Job} Job */

/** @param {{job: Job}} props */
function LiveCard({ job }) {
  const left = useLeft(job.id);
  return html`
    <a class="card live-card" href=${`#/videos/${job.id}`}>
      <div class="live-strip">
        ${job.scenes.map((scene) => html`
          <i key=${scene.id} style=${{ flexGrow: secondsOf(scene) }}><${ScenePicture} scene=${scene} /></i>`)}
        ${!job.scenes.length && html`<i class="grow"><div class="raster frame wait work" /></i>`}
      </div>
      <div class="live-words">
        <div class="grow"><h3 class="cut" lang=${job.language}>${nameOf(job)}</h3>
          <p class="small quiet">${t(/** @type {any} */ (`st.${job.status}`))}</p></div>
        ${job.scenes.length > 0 && html`<p class="num small quiet">${t('job.drawn', drawn(job), job.scenes.length)}</p>`}
        <p class="num left-time">${left === undefined
          ? `${job.progress} %`
          : html`${clock(left)} <span class="quiet">${t('job.left')}</span>`}</p>
      </div>
      <${Bar} value=${job.progress} label=${nameOf(job)} />
    </a>`;
}

/** @param {{job: Job}} props */
function FilmCard({ job }) {
  const done = job.status === 'completed';
  const place = `#/videos/${job.id}`;
  const length = clock(job.result?.duration ?? 0);
  return html`
    <li class="film" data-status=${job.status}>
      <a href=${place} aria-label=${done ? `${nameOf(job)}, ${length}` : nameOf(job)}>
        <${Poster} job=${job}>${done && html`<span class="len num">${length}</span>`}</${Poster}>
        <span class="film-words">
          <b class="cut" lang=${job.language}>${nameOf(job)}</b>
          <span class="small quiet cut">
            ${!done && html`<span class="word">${t(/** @type {any} */ (`st.${job.status}`))}</span> · `}${ago(job.created_at)}
          </span>
          ${job.error && html`<span class="small why">${job.error.message}</span>`}
        </span>
      </a>
    </li>`;
}

const Bones = () => html`
  <ul class="films" aria-busy="true" aria-label=${t('tl.reading')}>
    ${[0, 1, 2, 3].map((one) => html`
      <li class="film" key=${one}><div class="raster frame wait" />
        <div class="film-words"><span class="bone" style=${{ width: '70%' }} /><span class="bone" style=${{ width: '45%' }} /></div>
      </li>`)}
  </ul>`;

const Nothing = () => html`
  <main id="main" class="page">
    <div class="empty">
      <div class="empty-strip" aria-hidden="true">
        ${[0, 1, 2, 3, 4].map((one) => html`<i key=${one} class=${`raster wait ${one === 0 ? 'work' : ''}`} />`)}
      </div>
      <h1>${t('home.empty')}</h1>
      <p class="quiet">${t('home.emptysub')}</p>
      <div class="row wrap center">
        <a class="btn main" href="#/new"><${Icon} name="plus" />${t('nav.new')}</a>
        <a class="btn plain" href="#/new?sample=1">${t('home.try')}</a>
      </div>
    </div>
  </main>`;

export function Films() {
  const [find, loading] = [useSignal(''), useSignal(true)];
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const fetchAll = async () => {
    trouble.value = null;
    try {
      await refill();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    } finally {
      loading.value = false;
    }
  };
  useEffect(() => void fetchAll(), []);
  const all = films.value;
  if (!all.length && !loading.value && !trouble.value) return html`<${Nothing} />`;
  const others = all.filter((job) => !live(job));
  const shown = others.filter((job) => nameOf(job).toLowerCase().includes(find.value.toLowerCase()));

  return html`
    <main id="main" class="page">
      <header class="page-head">
        <div><h1 tabindex="-1">${t('home.title')}</h1>
          ${all.length > 0 && html`<p class="quiet">${t('home.sub', all.length)}</p>`}</div>
        <a class="btn main" href="#/new"><${Icon} name="plus" />${t('nav.new')}</a>
      </header>
      <${Trouble} problem=${trouble.value} onRetry=${fetchAll} />
      ${making.value.length > 0 && html`
        <section aria-labelledby="making-head">
          <h2 id="making-head" class="section">${t('home.making')}</h2>
          <div class="stack">${making.value.map((job) => html`<${LiveCard} key=${job.id} job=${job} />`)}</div>
        </section>`}
      ${loading.value && !all.length && html`<${Bones} />`}
      ${others.length > 0 && html`
        <section aria-labelledby="all-head">
          <div class="between wrap section">
            <h2 id="all-head">${t('home.recent')}</h2>
            <label class="find">
              <${Icon} name="search" size="s" /><span class="sr">${t('home.find')}</span>
              <input type="search" class="input" placeholder=${t('home.find')} value=${find.value}
                onInput=${(/** @type {any} */ event) => (find.value = event.target.value)} />
            </label>
          </div>
          ${shown.length
            ? html`<ul class="films">${shown.map((job) => html`<${FilmCard} key=${job.id} job=${job} />`)}</ul>`
            : html`<p class="quiet nothing">${t('home.none', find.value)}</p>`}
        </section>`}
    </main>`;
}
