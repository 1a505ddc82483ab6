// One project: its films, its footage, and what it is called.
import { html, useEffect, useSignal } from '../html.js';
import { assetPages, assets, deleteAsset, inProject, moreAssets, readAssets } from '../assets.js';
import { t } from '../i18n.js';
import { live } from '../job.js';
import { Problem } from '../problem.js';
import { changeProject, deleteProject, projectOf, readProject } from '../projects.js';
import { useDoing } from '../reading.js';
import { go } from '../route.js';
import { filmPages, films } from '../store.js';
import { whenTold } from '../telling.js';
import { say } from '../toasts.js';
import { FilmBones, FilmGrid, LiveList } from '../parts/film-cards.js';
import { Hollow } from '../parts/hollow.js';
import { Icon } from '../parts/icon.js';
import { More } from '../parts/more.js';
import { ProjectForm } from '../parts/project-form.js';
import { Sure } from '../parts/sure.js';
import { Trouble } from '../parts/trouble.js';
import { Drop, SendingList } from '../parts/upload.js';
import { AssetCard } from './library.js';

/** @typedef {import('../projects.js').Project} Project */

/** @param {{project: Project, onClose: () => void}} props */
function Settings({ project, onClose }) {
  const save = async (/** @type {any} */ wish) => {
    await changeProject(project.id, wish);
    say(t('pro.saved'));
  };
  const end = async () => {
    try {
      await deleteProject(project);
      go('/projects');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.detail || t('problem.again'));
    }
  };
  return html`
    <${ProjectForm} title=${t('pro.settings')} act=${t('pro.save')} project=${project} onSend=${save} onClose=${onClose}>
      <${Sure} label=${t('pro.delete')} text=${t('pro.delete')} ask=${t('pro.deletesure')} onSure=${end} />
    </${ProjectForm}>`;
}

/** @param {{id: string}} props */
function Footage({ id }) {
  const part = inProject(id);
  const { trouble, run } = useDoing();
  useEffect(() => {
    const read = () => void run(() => readAssets(part));
    read();
    return whenTold('assets', read);
  }, [part]);
  const path = `/projects/${id}/videos`;
  const own = (assets.value ?? []).filter((one) => one.project_id === id);
  return html`
    <section aria-labelledby="footage-head">
      <h2 id="footage-head" class="section">${t('pro.footage')}</h2>
      <div class="stack library">
        <${Drop} sorts=${['footage']} path=${path} small />
        <${SendingList} path=${path} />
        <${Trouble} problem=${trouble} />
        ${own.length > 0 && html`
          <ul class="tiles">${own.map((asset) => html`
            <${AssetCard} key=${asset.asset_id} asset=${asset} onDelete=${() => run(() => deleteAsset(asset))} />`)}</ul>`}
        ${!own.length && assetPages.isWhole(part) && html`<p class="quiet">${t('pro.nofootage')}</p>`}
        <${More} list=".library .tiles > li" word=${t('up.older')} goesOn=${() => assetPages.goesOn(part)}
          onMore=${() => moreAssets(part)} />
      </div>
    </section>`;
}

/** @param {{project: Project, onSettings: () => void}} props */
const Head = ({ project, onSettings }) => html`
  <header class="page-head wrap">
    <div class="grow">
      <nav class="crumbs small" aria-label=${t('nav.path')}><a href="#/projects">${t('nav.projects')}</a></nav>
      <h1 tabindex="-1">${project.name}</h1>
      ${project.description && html`<p class="quiet">${project.description}</p>`}
    </div>
    <div class="row">
      <button type="button" class="btn plain" onClick=${onSettings}><${Icon} name="settings" size="s" />${t('pro.settings')}</button>
      <a class="btn main" href=${`#/new?project=${project.id}`}><${Icon} name="plus" />${t('nav.new')}</a>
    </div>
  </header>`;

/** @param {{id: string}} props */
export function ProjectView({ id }) {
  const [loading, setting] = [useSignal(true), useSignal(false)];
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const read = async () => {
    trouble.value = null;
    try {
      await Promise.all([readProject(id), filmPages.read(id)]);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    } finally {
      loading.value = false;
    }
  };
  useEffect(() => {
    read();
    return whenTold('projects', read);
  }, [id]);
  const project = projectOf(id);
  const own = films.value.filter((job) => job.project_id === id);
  const [begun, others] = [own.filter(live), own.filter((job) => !live(job))];
  if (!project)
    return html`
      <main id="main" class="page" aria-busy=${loading.value}>
        <h1 class="sr" tabindex="-1">${t('nav.projects')}</h1>
        ${trouble.value ? html`<${Trouble} problem=${trouble.value} onRetry=${read} />` : html`<${FilmBones} />`}
      </main>`;
  return html`
    <main id="main" class="page">
      <${Head} project=${project} onSettings=${() => (setting.value = true)} />
      ${begun.length > 0 && html`<${LiveList} films=${begun} />`}
      <${Trouble} problem=${trouble.value} onRetry=${read} />
      <section aria-labelledby="films-head">
        <h2 id="films-head" class="section">${t('nav.films')}${' '}
          ${own.length > 0 && html`<small class="num faint">${own.length}${filmPages.isWhole(id) ? '' : '+'}</small>`}</h2>
        ${!own.length && !filmPages.isWhole(id) && !trouble.value && html`<${FilmBones} />`}
        ${!own.length && filmPages.isWhole(id) && html`<${Hollow} icon="film" words=${t('pro.nofilms')} />`}
        ${others.length > 0 && html`<${FilmGrid} films=${others} />`}
        <${More} list="section > .films > li" word=${t('home.older')} goesOn=${() => filmPages.goesOn(id)}
          onMore=${() => filmPages.more(id)} />
      </section>
      <${Footage} id=${id} />
      ${setting.value && html`<${Settings} project=${project} onClose=${() => (setting.value = false)} />`}
    </main>`;
}
