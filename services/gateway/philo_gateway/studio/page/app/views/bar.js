// The bar above every view: where one can go, what is being made, and the account.
import { html } from '../html.js';
import { clock, lang, t } from '../i18n.js';
import { route } from '../route.js';
import { leave, user } from '../session.js';
import { making } from '../store.js';
import { link } from '../stream.js';
import { flipTheme, theme } from '../theme.js';
import { useLeft } from '../parts/countdown.js';
import { Icon, Mark } from '../parts/icon.js';
import { Menu } from '../parts/menu.js';
import { helping } from './help.js';

/** @param {{job: import('../job.js').Job, count: number}} props */
function Pill({ job, count }) {
  const left = useLeft(job.id);
  const told = left === undefined ? `${job.progress} %` : clock(left);
  return html`
    <a class="pill live now" href=${`#/videos/${job.id}`}><i class="dot" /><span class="sr">${t('home.making')}: </span>
      <span class="num">${count} · ${told}</span></a>`;
}

const Account = () => html`
  <${Menu} label=${t('nav.account')} icon="user">
    <div class="who"><b>${user.value?.username}</b><p class="small quiet">${user.value?.email ?? user.value?.phone}</p></div>
    <hr />
    <a class="narrow-only" href="#/"><${Icon} name="film" />${t('nav.films')}</a>
    <a class="narrow-only" href="#/projects"><${Icon} name="folder" />${t('nav.projects')}</a>
    <a class="narrow-only" href="#/library"><${Icon} name="images" />${t('nav.library')}</a>
    <a href="#/usage"><${Icon} name="gauge" />${t('nav.usage')}</a>
    <a href="#/developers"><${Icon} name="key-round" />${t('nav.build')}</a>
    <hr />
    <button type="button" onClick=${flipTheme}>
      <${Icon} name=${theme.value === 'dark' ? 'sun' : 'moon'} />${t('nav.theme', theme.value)}</button>
    <button type="button" lang=${lang.value === 'zh' ? 'en' : 'zh-CN'}
      onClick=${() => (lang.value = lang.value === 'zh' ? 'en' : 'zh')}><${Icon} name="languages" />${t('nav.lang')}</button>
    <button type="button" onClick=${() => (helping.value = true)}>
      <${Icon} name="list" />${t('nav.shortcuts')}<small><kbd>?</kbd></small></button>
    <hr />
    <button type="button" onClick=${leave}><${Icon} name="log-out" />${t('nav.out')}</button>
  </${Menu}>`;

function skip(/** @type {Event} */ event) {
  event.preventDefault();
  const head = /** @type {HTMLElement | null} */ (document.querySelector('main h1'));
  head?.setAttribute('tabindex', '-1');
  head?.focus();
}

export function TopBar() {
  const here = route.value.parts[0] ?? '';
  const [job] = making.value;
  const current = (/** @type {string[]} */ ...names) => (names.includes(here) ? 'page' : undefined);
  return html`
    <a class="skip" href="#main" onClick=${skip}>${t('nav.skip')}</a>
    <header class="top">
      <a class="row brand" href="#/" aria-label="Philo"><${Mark} /><b>Philo</b></a>
      <nav class="links" aria-label=${t('nav.menu')}>
        <a href="#/" aria-current=${current('', 'videos')}>${t('nav.films')}</a>
        <a href="#/projects" aria-current=${current('projects')}>${t('nav.projects')}</a>
        <a href="#/library" aria-current=${current('library')}>${t('nav.library')}</a>
        <a href="#/usage" aria-current=${current('usage')}>${t('nav.usage')}</a>
        <a href="#/developers" aria-current=${current('developers')}>${t('nav.build')}</a>
      </nav>
      <span class="grow" />
      ${job && here !== 'videos' && html`<${Pill} key=${job.id} job=${job} count=${making.value.length} />`}
      <${Account} />
    </header>
    ${link.value === 'lost' && html`
      <div class="note care offline" role="status"><${Icon} name="loader-circle" /><p>${t('job.lost')}</p></div>`}`;
}
