// A film in another language: its pictures stay, its words are written anew, scene by scene.
import { html, useEffect, useSignal } from '../html.js';
import { post } from '../api.js';
import { useEstimate } from '../estimating.js';
import { configOf, fromSearch } from '../fork.js';
import { t, tongue } from '../i18n.js';
import { useKept } from '../kept.js';
import { titleOf } from '../naming.js';
import { useDoing } from '../reading.js';
import { go, route } from '../route.js';
import { expect, jobs, load, receive } from '../store.js';
import { Icon } from '../parts/icon.js';
import { ScenePicture } from '../parts/picture.js';
import { Trouble, Wrong } from '../parts/trouble.js';
import { Bill } from './compose-bill.js';

/** @typedef {import('../job.js').Job} Job */
/** @typedef {Record<string, string>} Words By scene; the title has the name `title`. */

const NONE = {};

/** @param {{scene: import('../job.js').Scene, words: string, language: string, wrong: boolean, onWrite: (event: any) => void}} props */
const SceneWords = ({ scene, words, language, wrong, onWrite }) => html`
  <li class="card draft words-card">
    <${ScenePicture} scene=${scene} />
    <div class="stack grow">
      <p class="small quiet spoken-before" lang=${scene.language}>${scene.narration}</p>
      <label class="sr" for=${`in-${scene.id}`}>${t('sc.words')}: ${t('sc.scene', scene.index + 1)}</label>
      <textarea id=${`in-${scene.id}`} class="input spoken" rows="2" lang=${language} value=${words} onInput=${onWrite}
        aria-invalid=${wrong} placeholder=${t('fork.in', tongue(language))} />
    </div>
  </li>`;

/** @param {{job: Job}} props */
function Translate({ job }) {
  const wish = fromSearch(route.value.search, job);
  const { value: words, write: keepWords, drop } = useKept(`philo.words.${job.id}.${wish.language}`, /** @type {Words} */ (NONE));
  const write = (/** @type {string} */ name) => (/** @type {any} */ event) => keepWords({ [name]: event.target.value });
  const wrong = useSignal('');
  const { busy, trouble: refused, run } = useDoing();
  const missing = job.scenes.find((scene) => !words[scene.id]?.trim());
  const scenes = job.scenes.map((scene) => ({ id: scene.id, narration: words[scene.id]?.trim() ?? '' }));
  const title = words.title?.trim() ? { title: words.title.trim() } : {};
  const request = missing ? null : { config: configOf(job, wish), scenes, ...title };
  const { estimate, trouble } = useEstimate(`/jobs/${job.id}/fork/estimate`, request);
  const make = (/** @type {Event} */ event) => {
    event.preventDefault();
    wrong.value = missing?.id ?? '';
    if (missing) return void document.getElementById(`in-${missing.id}`)?.focus();
    run(async () => {
      const made = await post(`/jobs/${job.id}/fork`, request);
      receive(made);
      if (estimate) expect(made.id, estimate.eta_seconds);
      drop();
      go(`/videos/${made.id}`);
    });
  };
  return html`
    <main id="main" class="page">
      <form class="compose" onSubmit=${make}>
        <div class="compose-main">
          <header class="page-head"><div>
            <nav class="crumbs small" aria-label=${t('nav.path')}><a href="#/">${t('nav.films')}</a>
              <${Icon} name="chevron-right" size="s" /><a href=${`#/videos/${job.id}`}>${titleOf(job)}</a></nav>
            <h1 tabindex="-1">${t('fork.in', tongue(wish.language))}</h1><p class="quiet">${t('fork.insub')}</p></div></header>
          <div class="field film-title"><label for="film-title">${t('rev.filmtitle')}</label>
            <input id="film-title" class="input" maxlength="200" lang=${wish.language} value=${words.title ?? ''}
              placeholder=${job.title ?? ''} onInput=${write('title')} /></div>
          <ol class="stack drafts">
            ${job.scenes.map((scene) => html`
              <${SceneWords} key=${scene.id} scene=${scene} language=${wish.language} words=${words[scene.id] ?? ''}
                wrong=${wrong.value === scene.id} onWrite=${write(scene.id)} />`)}
          </ol>
          <${Wrong}>${missing && wrong.value === missing.id && t('rev.silent', missing.index + 1)}</${Wrong}>
        </div>
        <aside class="compose-side"><${Bill} estimate=${estimate} trouble=${refused ?? trouble} busy=${busy} /></aside>
      </form>
    </main>`;
}

/** @param {{id: string}} props */
export function FilmWords({ id }) {
  const trouble = useSignal(/** @type {any} */ (null));
  const read = () => load(id).then(() => (trouble.value = null), (error) => (trouble.value = error));
  useEffect(() => void read(), [id]);
  const job = jobs.value[id];
  if (job) return html`<${Translate} job=${job} />`;
  return html`<main id="main" class="page" aria-busy=${!trouble.value}><h1 class="sr" tabindex="-1">${t('fork.title')}</h1>
    <${Trouble} problem=${trouble.value} onRetry=${read} /></main>`;
}
