// All projects, each with pictures of its films.
import { html, useEffect, useRef, useSignal } from '../html.js';
import { t } from '../i18n.js';
import { Problem } from '../problem.js';
import { makeProject, projectPages, projects } from '../projects.js';
import { go } from '../route.js';
import { filmPages, films } from '../store.js';
import { whenTold } from '../telling.js';
import { FilmBones } from '../parts/film-cards.js';
import { Icon } from '../parts/icon.js';
import { More } from '../parts/more.js';
import { Poster } from '../parts/picture.js';
import { ProjectForm } from '../parts/project-form.js';
import { Trouble } from '../parts/trouble.js';

const SHOWN = 3; // films whose pictures a card has

/** Films of a project that are older than those that were read are asked for when one sees its card.
 * @param {string} project */
function useFilmsOf(project) {
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  const own = films.value.filter((job) => job.project_id === project);
  const told = filmPages.isWhole(project) || filmPages.goesOn(project);
  const lacks = filmPages.goesOn() && !told && own.length < SHOWN;
  useEffect(() => {
    if (!lacks || !card.current) return undefined;
    const watch = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      watch.disconnect();
      filmPages.read(project).catch(() => undefined); // the card then says what is known
    });
    watch.observe(card.current);
    return () => watch.disconnect();
  }, [lacks]);
  const count = own.length || told ? t('pro.films', own.length, filmPages.isWhole(project)) : '';
  return { card, own, count };
}

/** @param {{project: import('../projects.js').Project}} props */
function ProjectCard({ project }) {
  const { card, own, count } = useFilmsOf(project.id);
  const places = [...Array(SHOWN).keys()];
  return html`
    <li class="film project" ref=${card}>
      <a href=${`#/projects/${project.id}`}>
        ${own.length > 0
          ? html`<div class="project-strip" aria-hidden="true">
              ${places.map((place) => own[place]
                ? html`<i key=${own[place].id}><${Poster} job=${own[place]} /></i>`
                : html`<i key=${place}><div class="raster frame wait" /></i>`)}
            </div>`
          : html`<div class="raster frame wait glyph"><${Icon} name="folder" /></div>`}
        <span class="film-words">
          <b class="cut">${project.name}</b>
          <span class="small quiet cut">${[count, project.description].filter(Boolean).join(' · ')}</span>
        </span>
      </a>
    </li>`;
}

/** @param {{onMake: () => void}} props */
const Nothing = ({ onMake }) => html`
  <div class="empty">
    <${Icon} name="folder" />
    <h2>${t('pro.none')}</h2>
    <p class="quiet">${t('pro.nonesub')}</p>
    <button type="button" class="btn main" onClick=${onMake}><${Icon} name="folder-plus" />${t('pro.new')}</button>
  </div>`;

export function Projects() {
  const making = useSignal(false);
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const read = () =>
    Promise.all([projectPages.read(), filmPages.read()]).then(() => (trouble.value = null), (error) => (trouble.value = error));
  useEffect(() => {
    read();
    return whenTold('projects', read);
  }, []);
  const all = projects.value;
  const begin = () => (making.value = true);
  return html`
    <main id="main" class="page">
      <header class="page-head">
        <div><h1 tabindex="-1">${t('nav.projects')}</h1>
          ${Boolean(all?.length) && html`
            <p class="quiet">${t('pro.count', all?.length, !projectPages.goesOn())}</p>`}</div>
        ${Boolean(all?.length) && html`
          <button type="button" class="btn main" onClick=${begin}><${Icon} name="folder-plus" />${t('pro.new')}</button>`}</header>
      <${Trouble} problem=${trouble.value} onRetry=${read} />
      ${!all && !trouble.value && html`<${FilmBones} />`}
      ${all?.length === 0 && html`<${Nothing} onMake=${begin} />`}
      ${all && all.length > 0 && html`
        <ul class="films">${all.map((one) => html`<${ProjectCard} key=${one.id} project=${one} />`)}</ul>`}
      <${More} list="main > .films > li" word=${t('pro.older')} goesOn=${projectPages.goesOn} onMore=${projectPages.more} />
      ${making.value && html`
        <${ProjectForm} title=${t('pro.new')} act=${t('pro.make')} onClose=${() => (making.value = false)}
          onSend=${async (/** @type {any} */ wish) => go(`/projects/${(await makeProject(wish)).id}`)} />`}
    </main>`;
}
