// API keys: what other programs come in with. A secret is shown once.
import { html, useSignal } from '../html.js';
import { post, remove } from '../api.js';
import { day, t } from '../i18n.js';
import { Problem } from '../problem.js';
import { useDoing, useReading } from '../reading.js';
import { tell } from '../telling.js';
import { Hollow } from '../parts/hollow.js';
import { Icon } from '../parts/icon.js';
import { Secret } from '../parts/secret.js';
import { Sure } from '../parts/sure.js';
import { Trouble, Wrong } from '../parts/trouble.js';

/** @typedef {{id: string, name: string, scopes: string[], created_at: string, expires_at: string | null, key?: string}} Key */

const SCOPES = ['jobs:read', 'jobs:write', 'projects:read', 'projects:write', 'assets:read', 'assets:write'];

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
const KeyLine = ({ one, onEnd }) => html`
  <li class="key">
    <${Icon} name="key-round" />
    <div class="grow"><b>${one.name}</b> <span class="mono small faint">phk_${one.id}_…</span>
      <p class="small quiet">${one.scopes.join(', ')} · ${t('key.since', day(one.created_at))}</p></div>
    <${Sure} label=${`${t('key.end')}: ${one.name}`} ask=${t('key.sure')} onSure=${onEnd} />
  </li>`;

export function Keys() {
  const { value: page, trouble, again } = useReading('/auth/api-keys?limit=200', 'keys');
  const made = useSignal(/** @type {Key | null} */ (null));
  const ending = useDoing();
  const changed = () => {
    tell('keys');
    return again();
  };
  const end = (/** @type {Key} */ one) =>
    ending.run(async () => {
      await remove(`/auth/api-keys/${one.id}`);
      await changed();
    });
  const shown = (/** @type {Key} */ key) => {
    made.value = key;
    changed();
  };
  const keys = /** @type {Key[] | undefined} */ (page?.items);
  return html`
    <${Trouble} problem=${trouble ?? ending.trouble} onRetry=${trouble ? again : undefined} />
    <h2 class="section">${t('nav.keys')}</h2>
    ${keys?.length === 0 && html`<${Hollow} icon="key-round" words=${t('key.none')} />`}
    ${keys && keys.length > 0 && html`
      <ul class="card keys-list">
        ${keys.map((one) => html`<${KeyLine} key=${one.id} one=${one} onEnd=${() => end(one)} />`)}
      </ul>`}
    <h2 class="section">${t('key.new')}</h2>
    <${Make} onMade=${shown} />
    ${made.value && html`
      <${Secret} title=${t('key.made')} sub=${t('key.once')} secret=${made.value.key ?? ''}
        onClose=${() => (made.value = null)} />`}`;
}
