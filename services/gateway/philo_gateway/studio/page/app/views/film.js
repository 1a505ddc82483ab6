// One film, from the first word to the download: a page about a job at one moment, now or any of its past.
import { html, useEffect, useSignal } from '../html.js';
import { get, post, remove } from '../api.js';
import { clock, t } from '../i18n.js';
import { drawn, live, redrawing } from '../job.js';
import { titleOf } from '../naming.js';
import { Problem } from '../problem.js';
import { nameProject, projectOf } from '../projects.js';
import { route, turn } from '../route.js';
import { jobs, load, receive } from '../store.js';
import { say } from '../toasts.js';
import { Downloads } from '../parts/downloads.js';
import { Fork } from '../parts/fork.js';
import { Icon } from '../parts/icon.js';
import { Made, Making } from '../parts/making.js';
import { startOf } from '../parts/parts.js';
import { usePlayback } from '../parts/playback.js';
import { Player } from '../parts/player.js';
import { SceneEditor } from '../parts/scene-editor.js';
import { Status } from '../parts/status.js';
import { Trouble } from '../parts/trouble.js';
import { Ended } from './film-ended.js';
import { useFilmKeys } from './film-keys.js';
import { Panel } from './film-panel.js';
import { useStory } from './film-story.js';

/** @typedef {import('../job.js').Job} Job */

const SECOND_THOUGHTS = 5_000; // milliseconds in which a stop can be taken back

const AMID = 1; // seconds into a scene, when the change from the one before is over

/** @param {Job} job The call waits a little, so that undoing it costs nothing. */
function halt(job) {
  const stop = setTimeout(() => {
    remove(`/jobs/${job.id}`).then(
      async (answer) => receive(await answer.json()),
      (error) => say(error.detail || t('problem.again')),
    );
  }, SECOND_THOUGHTS);
  say(t('job.stopping'), { word: t('job.undo'), run: () => clearTimeout(stop) }, SECOND_THOUGHTS);
}

/** @param {{job: Job, past: number | null, story: import('../parts/timeline.js').Line[], at: () => number, onFork: () => void}} props */
function Head({ job, past, story, at, onFork }) {
  const again = redrawing(job);
  const finished = job.status === 'completed' && !past;
  const project = projectOf(job.project_id);
  return html`
    <header class="page-head">
      <div class="grow">
        <nav class="crumbs small" aria-label=${t('nav.path')}>
          <a href="#/">${t('nav.films')}</a><${Icon} name="chevron-right" size="s" />
          ${project && html`<a href=${`#/projects/${project.id}`}>${project.name}</a><${Icon} name="chevron-right" size="s" />`}
          <span>${job.config.aspect}, ${job.config.resolution}</span>
        </nav>
        <div class="row wrap title">
          <h1 tabindex="-1" lang=${job.language}>${titleOf(job)}</h1>
          ${again && !past
            ? html`<span class="pill live" role="status"><i class="dot" />${t('job.redrawing', again.index + 1)}</span>`
            : html`<${Status} job=${job} />`}
        </div>
      </div>
      ${finished && html`
        <div class="row actions">
          <button type="button" class="btn plain" onClick=${onFork}><${Icon} name="git-branch" size="s" />${t('job.fork')}</button>
          <${Downloads} job=${job} at=${at} />
        </div>`}
      ${past && html`
        <div class="note then" role="status">
          <${Icon} name="history" />
          <p class="grow">${t('tl.looking', past, story.length, clock(story[past - 1]?.elapsed ?? 0))}</p>
          <button type="button" class="btn" onClick=${() => turn({ at: null })}>${t('tl.now')}</button>
        </div>`}
    </header>`;
}

/** @param {{job: Job, now: Job, past: number | null, story: import('../parts/timeline.js').Line[]}} props
 * `job` is what is shown, `now` what it is at this moment. */
function Desk({ job, now, past, story }) {
  const { search } = route.value;
  const playback = usePlayback(now);
  const forking = useSignal(false);
  const wanted = search.has('edit') && !past && now.status === 'completed' ? Number(search.get('edit')) - 1 : -1;
  const editing = now.scenes[wanted] ? wanted : -1;
  useFilmKeys({ job: now, playback, past, editing });
  useEffect(() => {
    if (editing < 0 || !playback.ready) return;
    playback.seek(startOf(playback.lengths, editing) + Math.min(AMID, playback.lengths[editing] / 2));
  }, [editing, playback.ready]);
  const close = () => {
    turn({ edit: null });
    requestAnimationFrame(() => requestAnimationFrame(() => focusOn(`[data-edit="${editing}"]`)));
  };
  const retry = async () => {
    try {
      receive(await post(`/jobs/${now.id}/retry`));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.detail || t('problem.again'));
    }
  };
  const status = t(/** @type {any} */ (`st.${job.status}`));
  const told = live(job) && job.scenes.length ? t('job.drawn', drawn(job), job.scenes.length) : status;

  return html`
    <main id="main" class=${`page video ${editing >= 0 ? 'editing' : ''}`}>
      <${Head} job=${job} past=${past} story=${story} at=${() => playback.now.value} onFork=${() => (forking.value = true)} />
      <p class="sr" aria-live="polite">${told}</p>
      <div class="desk">
        <div class="desk-film" data-shape=${now.config.aspect}>
          <${Player} job=${job} playback=${playback} still=${Boolean(past)} />
          ${live(job) && html`<${Making} job=${job} still=${Boolean(past)} onStop=${past ? null : () => halt(now)} />`}
          ${!live(job) && html`<${Ended} job=${job} onRetry=${past ? null : retry} />`}
          ${job.status === 'completed' && html`<${Made} job=${job} />`}
        </div>
        <div class="desk-words">
          ${editing >= 0
            ? html`<${SceneEditor} key=${now.id} job=${now} index=${editing} onClose=${close}
                onMove=${(/** @type {number} */ index) => turn({ edit: index + 1 })} />`
            : html`<${Panel} job=${job} past=${past} story=${story} playback=${playback} />`}
        </div>
      </div>
      ${forking.value && html`<${Fork} job=${now} onClose=${() => (forking.value = false)} />`}
    </main>`;
}

/** @param {string} selector */
const focusOn = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();

/** @param {{problem: Problem, onRetry: () => void}} props */
const Missing = ({ problem, onRetry }) =>
  problem.status === 404
    ? html`
      <main id="main" class="page">
        <div class="empty">
          <h1 tabindex="-1">${t('film.none')}</h1>
          <p class="quiet">${t('film.nonesub')}</p>
          <a class="btn plain" href="#/"><${Icon} name="arrow-left" />${t('nav.films')}</a>
        </div>
      </main>`
    : html`<main id="main" class="page"><${Trouble} problem=${problem} onRetry=${onRetry} /></main>`;

const Waiting = () => html`
  <main id="main" class="page" aria-busy="true">
    <h1 class="bone wait-title"><span class="sr">${t('tl.reading')}</span></h1>
  </main>`;

/** @param {{id: string}} props */
export function Film({ id }) {
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const past = Number(route.value.search.get('at')) || null;
  const then = useSignal(/** @type {Job | null} */ (null));
  const now = jobs.value[id];
  const story = useStory(now);
  const fetchIt = async () => {
    trouble.value = null;
    await load(id).catch((error) => (trouble.value = error));
  };
  useEffect(() => void fetchIt(), [id]);
  useEffect(() => {
    if (now?.project_id) nameProject(now.project_id).catch(() => undefined); // only its name is missing then
  }, [now?.project_id]);
  useEffect(() => {
    if (!past) then.value = null;
    else get(`/jobs/${id}?at_version=${past}`).then((found) => (then.value = found), (error) => (trouble.value = error));
  }, [id, past]);
  if (trouble.value && !now) return html`<${Missing} problem=${trouble.value} onRetry=${fetchIt} />`;
  if (!now) return html`<${Waiting} />`;
  const shown = past && then.value ? then.value : now;
  return html`<${Desk} job=${shown} now=${now} past=${then.value ? past : null} story=${story} />`;
}
