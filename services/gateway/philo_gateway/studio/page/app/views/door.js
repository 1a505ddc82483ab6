// The way in: sign in by email or phone, or make an account.
import { html, useEffect, useSignal } from '../html.js';
import { askForLooks, looks } from '../catalogue.js';
import { lang, t } from '../i18n.js';
import { Problem } from '../problem.js';
import { enter, parting, register } from '../session.js';
import { flipTheme, theme } from '../theme.js';
import { Choice } from '../parts/choice.js';
import { Icon, Mark } from '../parts/icon.js';
import { titleOf, Wrong } from '../parts/trouble.js';
import { PhoneForm } from './door-phone.js';

const MAIL = /^\S+@\S+\.\S+$|^\S+@localhost$/;

/** What is wrong, in words. @param {Problem} problem */
function wordsFor(problem) {
  if (problem.status === 401) return t('in.bad');
  if (problem.status === 429) return t('in.wait', problem.retryAfter ?? 60);
  return problem.errors[0]?.detail ?? (problem.detail || titleOf(problem));
}

/** @param {{making: boolean}} props Whether an account is made. */
function EmailForm({ making }) {
  const [wrong, busy, seen] = [useSignal(''), useSignal(false), useSignal(false)];
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const sent = new FormData(event.target);
    const [email, password, username] = ['email', 'password', 'username'].map((name) => String(sent.get(name) ?? '').trim());
    if (making && !username) return void (wrong.value = t('in.noname'));
    if (!MAIL.test(email)) return void (wrong.value = t('in.noemail'));
    if (!password) return void (wrong.value = t('in.nopassword'));
    busy.value = true;
    try {
      await (making ? register({ email, username, password }) : enter({ email, password }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.value = wordsFor(error);
    } finally {
      busy.value = false;
    }
  };
  return html`
    <form onSubmit=${submit} novalidate>
      ${making && html`
        <div class="field">
          <label for="username">${t('in.name')}</label>
          <input id="username" name="username" class="input" autocomplete="nickname" aria-describedby="bad" />
        </div>`}
      <div class="field">
        <label for="email">${t('in.email')}</label>
        <input id="email" name="email" type="email" class="input" autocomplete="username" aria-describedby="bad" />
      </div>
      <div class="field">
        <label for="password">${t('in.password')}</label>
        <span class="secret">
          <input id="password" name="password" type=${seen.value ? 'text' : 'password'} class="input"
            autocomplete=${making ? 'new-password' : 'current-password'} aria-describedby=${making ? 'bad rule' : 'bad'} />
          <button type="button" class="btn bare square" aria-pressed=${seen.value} aria-label=${t('in.show')}
            onClick=${() => (seen.value = !seen.value)}><${Icon} name=${seen.value ? 'eye-off' : 'eye'} /></button>
        </span>
        ${making && html`<p class="hint" id="rule">${t('in.rule')}</p>`}
      </div>
      <${Wrong} id="bad">${wrong.value}</${Wrong}>
      <button class="btn main wide" aria-disabled=${busy.value}>${t(making ? 'in.make' : 'in.go')}</button>
    </form>`;
}

/** Films to look at while one signs in: the same scene in every look. */
function Window() {
  useEffect(() => void askForLooks(), []);
  const [first, ...others] = looks.value.toSorted((a, b) => Number(b.id === 'paper') - Number(a.id === 'paper'));
  return html`
    <section class="window raster" aria-hidden="true">
      ${first && html`
        <img src=${first.sample_url} alt="" />
        <div class="window-foot">
          <p><b>${t('in.story')}</b></p>
          <div class="window-strip">
            ${[first, ...others].map((look) => html`
              <i key=${look.id} class="raster wait"><img src=${look.sample_url} alt="" /></i>`)}
          </div>
        </div>`}
    </section>`;
}

export function Door() {
  const [way, making] = [useSignal('email'), useSignal(false)];
  const ways = /** @type {[string, string, string][]} */ ([
    ['email', t('in.email'), 'mail'],
    ['phone', t('in.phone'), 'phone'],
  ]);
  const turn = (/** @type {Event} */ event) => {
    event.preventDefault();
    making.value = !making.value;
    way.value = 'email';
  };
  return html`
    <main id="main" class="signin">
      <section class="door">
        <div class="between">
          <div class="row brand"><${Mark} /><b>Philo</b></div>
          <span class="row tight">
            <button type="button" class="btn bare" lang=${lang.value === 'zh' ? 'en' : 'zh-CN'}
              onClick=${() => (lang.value = lang.value === 'zh' ? 'en' : 'zh')}>${t('nav.lang')}</button>
            <button type="button" class="btn bare square" aria-label=${t('nav.theme', theme.value)} onClick=${flipTheme}>
              <${Icon} name=${theme.value === 'dark' ? 'sun' : 'moon'} /></button>
          </span>
        </div>
        <div class="door-form">
          <h1>${t(making.value ? 'in.newtitle' : 'in.title')}</h1>
          ${parting.value
            ? html`<p class="note care" role="alert"><${Icon} name="log-out" />${t(/** @type {any} */ (`in.${parting.value}`))}</p>`
            : html`<p class="quiet">${t('in.sub')}</p>`}
          ${!making.value && html`
            <${Choice} label=${t('in.title')} value=${way.value} options=${ways}
              onPick=${(/** @type {string} */ key) => (way.value = key)} />`}
          ${way.value === 'email'
            ? html`<${EmailForm} key=${making.value} making=${making.value} />`
            : html`<${PhoneForm} wordsFor=${wordsFor} />`}
          <p class="small quiet">${t(making.value ? 'in.known' : 'in.new')} <a class="link" href="#/" onClick=${turn}>
            ${t(making.value ? 'in.go' : 'in.register')}</a></p>
        </div>
      </section>
      <${Window} />
    </main>`;
}
