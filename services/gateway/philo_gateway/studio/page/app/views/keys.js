// API keys: what other programs come in with. A secret is shown once.
import { html, useEffect, useSignal } from '../html.js';
import { get, post, remove } from '../api.js';
import { day, t } from '../i18n.js';
import { Problem } from '../problem.js';
import { say } from '../toasts.js';
import { Dialog } from '../parts/dialog.js';
import { Icon } from '../parts/icon.js';
import { Trouble, Wrong } from '../parts/trouble.js';

/** @typedef {{id: string, name: string, scopes: string[], created_at: string, expires_at: string | null, key?: string}} Key */

const SCOPES = ['jobs:read', 'jobs:write', 'projects:read', 'projects:write', 'assets:read', 'assets:write'];

/** @param {{made: Key, onClose: () => void}} props */
function Secret({ made, onClose }) {
  const copy = async () => {
    await navigator.clipboard.writeText(made.key ?? '');
    say(t('keys.copied'));
  };
  const shut = (/** @type {any} */ event) => event.target.closest('dialog').close();
  return html`
    <${Dialog} title=${t('key.made')} sub=${t('key.once')} onClose=${onClose}>
      <label class="sr" for="secret">${t('key.made')}</label>
      <input id="secret" class="input mono" readonly value=${made.key} onFocus=${(/** @type {any} */ event) => event.target.select()} />
      <div class="row ends">
        <button type="button" class="btn plain" onClick=${copy}><${Icon} name="copy" size="s" />${t('key.copy')}</button>
        <button type="button" class="btn main" onClick=${shut}>${t('key.kept')}</button>
      </div>
    </${Dialog}>`;
}

/** @param {{onMade: (key: Key) => void}} props */
function Make({ onMade }) {
  const [wrong, busy] = [useSignal(''), useSignal(false)];
  const make = async (/** @type {any} */ event) => {
    event.preventDefault();
    const form = event.target;
    const sent = new FormData(form);
    const [name, scopes] = [String(sent.get('name')).trim(), sent.getAll('scope')];
    if (!name || !scopes.length) return void (wrong.value = t(name ? 'key.noscope' : 'key.noname'));
    wrong.value = '';
    busy.value = true;
    try {
      onMade(await post('/auth/api-keys', { name, scopes }));
      form.reset();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.value = error.errors[0]?.detail ?? error.detail;
    } finally {
      busy.value = false;
    }
  };
  return html`
    <form class="card key-form" onSubmit=${make} novalidate>
      <div class="field"><label for="key-name">${t('key.name')}</label>
        <input id="key-name" name="name" class="input" maxlength="200" autocomplete="off" aria-describedby="key-bad" /></div>
      <fieldset><legend class="label">${t('key.may')}</legend>
        <div class="scopes">${SCOPES.map((scope) => html`
          <label class="check" key=${scope}><input type="checkbox" name="scope" value=${scope} checked=${scope.startsWith('jobs')} />
            <span>${t(/** @type {any} */ (`scope.${scope}`))}<small class="mono faint">${scope}</small></span></label>`)}
        </div>
      </fieldset>
      <${Wrong} id="key-bad">${wrong.value}</${Wrong}>
      <button class="btn main" aria-disabled=${busy.value}><${Icon} name="plus" size="s" />${t('key.make')}</button>
    </form>`;
}

/** @param {{one: Key, onEnd: () => void}} props */
function KeyLine({ one, onEnd }) {
  const sure = useSignal(false);
  return html`
    <li class="key">
      <${Icon} name="key-round" />
      <div class="grow"><b>${one.name}</b> <span class="mono small faint">phk_${one.id}_…</span>
        <p class="small quiet">${one.scopes.join(', ')} · ${t('key.since', day(one.created_at))}</p></div>
      ${sure.value
        ? html`<button type="button" class="btn danger plain" onClick=${onEnd}>${t('key.sure')}</button>`
        : html`<button type="button" class="btn bare square" aria-label=${`${t('key.end')}: ${one.name}`}
            onClick=${() => (sure.value = true)}><${Icon} name="trash-2" /></button>`}
    </li>`;
}

export function Keys() {
  const keys = useSignal(/** @type {Key[] | null} */ (null));
  const [trouble, made] = [useSignal(/** @type {Problem | null} */ (null)), useSignal(/** @type {Key | null} */ (null))];
  const read = () =>
    get('/auth/api-keys?limit=200').then((page) => (keys.value = page.items), (error) => (trouble.value = error));
  useEffect(() => void read(), []);
  const end = async (/** @type {Key} */ one) => {
    await remove(`/auth/api-keys/${one.id}`).catch((error) => (trouble.value = error));
    await read();
  };
  const shown = (/** @type {Key} */ key) => {
    made.value = key;
    read();
  };
  return html`
    <main id="main" class="page plain-page">
      <header class="page-head"><div><h1 tabindex="-1">${t('nav.build')}</h1><p class="quiet">${t('key.sub')}${' '}
        <a class="link" href="/docs">${t('key.docs')}</a></p></div></header>
      <${Trouble} problem=${trouble.value} />
      <h2 class="section">${t('nav.keys')}</h2>
      ${keys.value?.length === 0 && html`<p class="quiet">${t('key.none')}</p>`}
      ${keys.value && keys.value.length > 0 && html`
        <ul class="card keys-list">
          ${keys.value.map((one) => html`<${KeyLine} key=${one.id} one=${one} onEnd=${() => end(one)} />`)}
        </ul>`}
      <h2 class="section">${t('key.new')}</h2>
      <${Make} onMade=${shown} />
      ${made.value && html`<${Secret} made=${made.value} onClose=${() => (made.value = null)} />`}
    </main>`;
}
