// All webhooks, and a form for a new one.
import { html, useSignal } from '../html.js';
import { post } from '../api.js';
import { t } from '../i18n.js';
import { useDoing, useReading } from '../reading.js';
import { tell } from '../telling.js';
import { EVENTS, placeOf } from '../webhooks.js';
import { Icon } from '../parts/icon.js';
import { Secret } from '../parts/secret.js';
import { Trouble, Wrong } from '../parts/trouble.js';

/** @typedef {import('../webhooks.js').Hook} Hook */

/** @param {{hook: Hook}} props */
export const HookState = ({ hook }) =>
  hook.paused_at
    ? html`<span class="pill care"><${Icon} name="pause" size="s" />${t('hook.paused')}</span>`
    : html`<span class="pill"><${Icon} name="check" size="s" />${t('hook.on')}</span>`;

/** @param {{hook: Hook}} props */
const HookLine = ({ hook }) => html`
  <li>
    <a class="key hook" href=${placeOf(hook)}>
      <${Icon} name="webhook" />
      <span class="grow"><b class="mono cut">${hook.url}</b>
        <span class="small quiet cut">${hook.description || hook.events.join(', ')}</span></span>
      <${HookState} hook=${hook} />
      <${Icon} name="chevron-right" size="s" />
    </a>
  </li>`;

/** @param {{onMade: (hook: Hook) => void}} props */
function Make({ onMade }) {
  const wrong = useSignal('');
  const { busy, trouble, run } = useDoing();
  const make = (/** @type {any} */ event) => {
    event.preventDefault();
    const form = event.target;
    const sent = new FormData(form);
    const [url, description] = ['url', 'description'].map((name) => String(sent.get(name)).trim());
    const events = sent.getAll('event');
    wrong.value = url ? (events.length ? '' : t('hook.noevent')) : t('hook.nourl');
    if (wrong.value) return;
    run(async () => {
      onMade(await post('/webhooks', { url, events, description }));
      form.reset();
    });
  };
  return html`
    <form class="card key-form" onSubmit=${make} novalidate>
      <div class="field"><label for="hook-url">${t('hook.url')}</label>
        <input id="hook-url" name="url" type="url" class="input mono" maxlength="2000" autocomplete="off"
          placeholder="https://example.com/philo" aria-describedby="hook-hint hook-bad" />
        <p class="hint" id="hook-hint">${t('hook.hint')}</p></div>
      <div class="field"><label for="hook-about">${t('hook.about')}</label>
        <input id="hook-about" name="description" class="input" maxlength="500" autocomplete="off" /></div>
      <fieldset><legend class="label">${t('hook.tell')}</legend>
        <div class="scopes">${EVENTS.map((event) => html`
          <label class="check" key=${event}><input type="checkbox" name="event" value=${event} checked />
            <span>${t(/** @type {any} */ (`hook.e.${event}`))}<small class="mono faint">${event}</small></span></label>`)}
        </div>
      </fieldset>
      <${Wrong} id="hook-bad">${wrong.value}</${Wrong}>
      <${Trouble} problem=${trouble} />
      <button class="btn main" aria-disabled=${busy}><${Icon} name="plus" size="s" />${t('hook.make')}</button>
    </form>`;
}

export function Webhooks() {
  const { value: page, trouble, again } = useReading('/webhooks?limit=200', 'webhooks');
  const made = useSignal(/** @type {Hook | null} */ (null));
  const shown = (/** @type {Hook} */ hook) => {
    made.value = hook;
    tell('webhooks');
    again();
  };
  const hooks = /** @type {Hook[] | undefined} */ (page?.items);
  return html`
    <${Trouble} problem=${trouble} onRetry=${again} />
    <h2 class="section">${t('nav.hooks')}</h2>
    <p class="quiet">${t('hook.sub')}</p>
    ${hooks && hooks.length > 0 && html`
      <ul class="card keys-list hooks">${hooks.map((hook) => html`<${HookLine} key=${hook.id} hook=${hook} />`)}</ul>`}
    <h2 class="section">${t('hook.new')}</h2>
    <${Make} onMade=${shown} />
    ${made.value && html`
      <${Secret} title=${t('hook.secret')} sub=${t('hook.once')} secret=${made.value.secret ?? ''}
        onClose=${() => (made.value = null)} />`}`;
}
