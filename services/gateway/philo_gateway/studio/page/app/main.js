// Which view is on, the bar above it, the keys that work everywhere, and the one stream that feeds them.
import { forgetAssets } from './assets.js';
import { html, render, useEffect, useRef } from './html.js';
import { lang, t } from './i18n.js';
import { singleKeys, typing } from './keys.js';
import { titleOf as filmTitleOf } from './naming.js';
import { dropPictures } from './pictures.js';
import { forgetProjects, projectOf } from './projects.js';
import { go, route } from './route.js';
import { comeBack, user } from './session.js';
import { catchUp, empty, hear, jobs } from './store.js';
import { followTogether } from './together.js';
import { dismiss, toasts } from './toasts.js';
import './theme.js';
import { TopBar } from './views/bar.js';
import { Compose } from './views/compose.js';
import { Developers } from './views/developers.js';
import { Door } from './views/door.js';
import { Film } from './views/film.js';
import { FilmWords } from './views/film-words.js';
import { Films } from './views/films.js';
import { Help, helping } from './views/help.js';
import { Library } from './views/library.js';
import { ProjectView } from './views/project.js';
import { Projects } from './views/projects.js';
import { Review } from './views/review.js';
import { Usage } from './views/usage.js';

const NAMES = {
  new: 'nav.new', usage: 'nav.usage', developers: 'nav.build', library: 'nav.library', projects: 'nav.projects',
  review: 'rev.title',
};

function View() {
  const [first, second, third] = route.value.parts;
  if (first === 'new') return html`<${Compose} />`;
  if (first === 'usage') return html`<${Usage} />`;
  if (first === 'developers') return html`<${Developers} />`;
  if (first === 'library') return html`<${Library} />`;
  if (first === 'projects') return second ? html`<${ProjectView} key=${second} id=${second} />` : html`<${Projects} />`;
  if (first === 'review') return html`<${Review} />`;
  if (first === 'videos' && third === 'words') return html`<${FilmWords} key=${second} id=${second} />`;
  if (first === 'videos' && second) return html`<${Film} key=${second} id=${second} />`;
  return html`<${Films} />`;
}

function titleOf() {
  const [first, second] = route.value.parts;
  const film = first === 'videos' && jobs.value[second];
  if (film) return filmTitleOf(film);
  const project = first === 'projects' && projectOf(second);
  if (project) return project.name;
  return t(/** @type {Record<string, import('./i18n.js').Key>} */ (NAMES)[first] ?? 'nav.films');
}

/** A new view is told to those who cannot see it: its headline gets the focus. */
function useArrival() {
  const place = route.value.parts.join('/');
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0);
      /** @type {HTMLElement | null} */ (document.querySelector('main h1'))?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [place]);
}

const Toasts = () => html`
  <div class="toasts" role="status">
    ${toasts.value.map(({ id, words, action }) => html`
      <div class="toast" key=${id}>${words}
        ${action && html`<button type="button" onClick=${() => { action.run(); dismiss(id); }}>${action.word}</button>`}
      </div>`)}
  </div>`;

function Inside() {
  useArrival();
  useEffect(() => {
    const stop = followTogether(user.value?.id ?? '', hear, catchUp);
    return () => {
      stop();
      empty();
      dropPictures();
      forgetAssets();
      forgetProjects();
    };
  }, [user.value?.id]);
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (typing(event) || !singleKeys.value) return;
      if (event.key === '?') helping.value = true;
      if (event.key === 'n') go('/new');
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  document.title = `${titleOf()} – Philo`;
  return html`<${TopBar} /><${View} /><${Help} /><${Toasts} />`;
}

function Studio() {
  if (user.value === undefined) return html`<main id="main" class="page" aria-busy="true"></main>`;
  if (user.value === null) {
    document.title = t('in.title');
    return html`<${Door} key=${lang.value} />`;
  }
  return html`<${Inside} />`;
}

comeBack();
render(html`<${Studio} />`, document.body);
