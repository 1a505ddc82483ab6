// All films: what is being made as strips, then the others as cards.
import { html, useEffect, useSignal } from '../html.js';
import { t } from '../i18n.js';
import { live } from '../job.js';
import { titleOf } from '../naming.js';
import { Problem } from '../problem.js';
import { projectPages, projects } from '../projects.js';
import { useDoing } from '../reading.js';
import { filmPages, films, making } from '../store.js';
import { Chips } from '../parts/choice.js';
import { FilmBones, FilmGrid, LiveList } from '../parts/film-cards.js';
import { Icon } from '../parts/icon.js';
import { More } from '../parts/more.js';
import { Trouble } from '../parts/trouble.js';

const CHIPS = 8; // projects to choose one of at a glance: more are a list

const Nothing = () => html`
  <main id="main" class="page">
    <div class="empty">
      <div class="empty-strip" aria-hidden="true">
        ${[0, 1, 2, 3, 4].map((one) => html`<i key=${one} class=${`raster wait ${one === 0 ? 'work' : ''}`} />`)}
      </div>
      <h1 tabindex="-1">${t('home.empty')}</h1>
      <p class="quiet">${t('home.emptysub')}</p>
      <div class="row wrap center">
        <a class="btn main" href="#/new"><${Icon} name="plus" />${t('nav.new')}</a>
        <a class="btn plain" href="#/new?sample=1">${t('home.try')}</a>
      </div>
    </div>
  </main>`;

/** @param {{value: string, onFind: (words: string) => void}} props */
const Find = ({ value, onFind }) => html`
  <label class="find">
    <${Icon} name="search" size="s" /><span class="sr">${t('home.find')}</span>
    <input type="search" class="input" placeholder=${t('home.find')} value=${value}
      onInput=${(/** @type {any} */ event) => onFind(event.target.value)} />
  </label>`;

/** @param {{value: string, onPick: (id: string) => void}} props */
function ByProject({ value, onPick }) {
  useEffect(() => void projectPages.every().catch(() => undefined), []); // films can be seen without them
  const all = projects.value ?? [];
  if (!all.length) return null;
  const options = /** @type {[string, string][]} */ ([['', t('home.all')], ...all.map((one) => [one.id, one.name])]);
  if (all.length <= CHIPS) return html`<${Chips} label=${t('nav.projects')} value=${value} options=${options} onPick=${onPick} />`;
  return html`
    <select class="input small-input by-project" aria-label=${t('nav.projects')} value=${value}
      onChange=${(/** @type {any} */ event) => onPick(event.target.value)}>
      ${options.map(([key, word]) => html`
        <option key=${key} value=${key} selected=${key === value}>${key ? word : t('pro.every')}</option>`)}
    </select>`;
}

/** Nothing fits, as far as was read. @param {{find: string, project: string}} props */
function NoneFits({ find, project }) {
  const whole = filmPages.isWhole(project);
  if (find) return html`<p class="quiet nothing">${t(whole ? 'home.none' : 'home.noneyet', find)}</p>`;
  if (whole) return html`<p class="quiet nothing">${t('pro.nofilms')}</p>`;
  return filmPages.goesOn(project) ? null : html`<${FilmBones} />`;
}

/** What has ended, as far as it is looked for. */
function Ended() {
  const [find, project] = [useSignal(''), useSignal('')];
  const { trouble, run } = useDoing();
  useEffect(() => {
    if (project.value && !filmPages.isWhole(project.value)) run(() => filmPages.read(project.value));
  }, [project.value]);
  const others = films.value.filter((job) => !live(job));
  const more = html`
    <${More} key=${project.value} list="section > .films > li" word=${t('home.older')}
      goesOn=${() => filmPages.goesOn(project.value)} onMore=${() => filmPages.more(project.value)} />`;
  if (!others.length) return filmPages.goesOn() ? html`<section>${more}</section>` : null;
  const shown = others.filter(
    (job) =>
      (!project.value || job.project_id === project.value) &&
      titleOf(job).toLowerCase().includes(find.value.trim().toLowerCase()),
  );
  return html`
    <section aria-labelledby="all-head">
      <div class="between wrap section">
        <h2 id="all-head">${t('home.recent')}</h2>
        <${Find} value=${find.value} onFind=${(/** @type {string} */ words) => (find.value = words)} />
      </div>
      <${ByProject} value=${project.value} onPick=${(/** @type {string} */ id) => (project.value = id)} />
      ${shown.length ? html`<${FilmGrid} films=${shown} />` : html`<${NoneFits} find=${find.value.trim()} project=${project.value} />`}
      <${Trouble} problem=${trouble} />
      ${more}
    </section>`;
}

export function Films() {
  const loading = useSignal(true);
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const fetchAll = async () => {
    trouble.value = null;
    try {
      await filmPages.read();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    } finally {
      loading.value = false;
    }
  };
  useEffect(() => void fetchAll(), []);
  const count = films.value.length;
  if (!count && !loading.value && !trouble.value) return html`<${Nothing} />`;
  return html`
    <main id="main" class="page">
      <header class="page-head">
        <div><h1 tabindex="-1">${t('home.title')}</h1>
          ${count > 0 && html`<p class="quiet">${t('home.sub', count, !filmPages.goesOn())}</p>`}</div>
        <a class="btn main" href="#/new"><${Icon} name="plus" />${t('nav.new')}</a>
      </header>
      <${Trouble} problem=${trouble.value} onRetry=${fetchAll} />
      ${making.value.length > 0 && html`
        <section aria-labelledby="making-head">
          <h2 id="making-head" class="section">${t('home.making')}</h2>
          <${LiveList} films=${making.value} />
        </section>`}
      ${loading.value && !count && html`<${FilmBones} />`}
      <${Ended} />
    </main>`;
}
