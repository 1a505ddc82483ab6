// One webhook: how it is, what can be done with it, and everything that it was sent.
import { html, useSignal } from '../html.js';
import { post, remove } from '../api.js';
import { ago, t } from '../i18n.js';
import { useDoing, useReading } from '../reading.js';
import { go } from '../route.js';
import { tell } from '../telling.js';
import { say } from '../toasts.js';
import { Icon } from '../parts/icon.js';
import { Secret } from '../parts/secret.js';
import { Sure } from '../parts/sure.js';
import { Trouble } from '../parts/trouble.js';
import { Deliveries, useDeliveries } from './webhook-deliveries.js';
import { HookState } from './webhooks.js';

/** @typedef {import('../webhooks.js').Hook} Hook */

const LIST = '/developers/webhooks';

/** @param {{hook: Hook}} props */
const Head = ({ hook }) => html`
  <header class="page-head">
    <div class="grow">
      <nav class="crumbs small" aria-label=${t('nav.path')}>
        <a href="#/developers">${t('nav.build')}</a><${Icon} name="chevron-right" size="s" />
        <a href=${`#${LIST}`}>${t('nav.hooks')}</a>
      </nav>
      <div class="row wrap title"><h1 tabindex="-1" class="hook-url mono">${hook.url}</h1><${HookState} hook=${hook} /></div>
      ${hook.description && html`<p class="quiet">${hook.description}</p>`}
    </div>
  </header>`;

/** Why nothing goes there. @param {{hook: Hook, onResume: () => void}} props */
const Paused = ({ hook, onResume }) => html`
  <div class="note care" role="status">
    <${Icon} name="pause" />
    <div class="stack grow"><p>${hook.paused_why}</p><p class="small quiet">${t('hook.waits')}</p></div>
    <button type="button" class="btn plain" onClick=${onResume}><${Icon} name="play" size="s" />${t('hook.resume')}</button>
  </div>`;

/** @param {{id: string}} props */
export function Webhook({ id }) {
  const place = `/webhooks/${id}`;
  const { value, trouble: unread, set, again } = useReading(place, 'webhooks');
  const hook = /** @type {Hook | null} */ (value);
  const log = useDeliveries(place);
  const [turning, testing, rotating, ending, sending] = [useDoing(), useDoing(), useDoing(), useDoing(), useDoing()];
  const trouble = [turning, testing, rotating, ending, sending].find((one) => one.trouble)?.trouble ?? null;
  const secret = useSignal('');

  /** One act waits for none of the others. @param {ReturnType<typeof useDoing>} doing
   * @param {string} act What is asked of the webhook. @param {(answer: any) => void} then */
  const ask = (doing, act, then) =>
    doing.run(async () => {
      then(await post(`${place}/${act}`));
      tell('webhooks');
      await log.again();
    });
  const test = () =>
    ask(testing, 'test', (sent) => say(sent.state === 'delivered' ? t('hook.arrived') : t('hook.failed')));
  const rotate = () => ask(rotating, 'rotate', (made) => (secret.value = made.secret));
  const resume = () => ask(turning, 'resume', set);
  const end = () =>
    ending.run(async () => {
      await remove(place);
      tell('webhooks');
      go(LIST);
    });

  if (!hook)
    return html`<main id="main" class="page plain-page" aria-busy=${!unread}>
      <h1 class="sr" tabindex="-1">${t('nav.hooks')}</h1><${Trouble} problem=${unread} onRetry=${again} /></main>`;
  return html`
    <main id="main" class="page plain-page">
      <${Head} hook=${hook} />
      ${hook.paused_at && html`<${Paused} hook=${hook} onResume=${resume} />`}
      <p class="row wrap hook-events">${hook.events.map((event) => html`<span class="pill mono" key=${event}>${event}</span>`)}
        <span class="small faint">${ago(hook.created_at)}</span></p>
      <div class="row wrap hook-acts">
        <button type="button" class="btn main" aria-disabled=${testing.busy} onClick=${test}>
          <${Icon} name="send" size="s" />${t('hook.test')}</button>
        ${!hook.paused_at && html`
          <button type="button" class="btn plain" onClick=${() => ask(turning, 'pause', set)}>
            <${Icon} name="pause" size="s" />${t('hook.pause')}</button>`}
        <${Sure} label=${t('hook.rotate')} text=${t('hook.rotate')} icon="refresh-cw" ask=${t('hook.rotatesure')} onSure=${rotate} />
        <${Sure} label=${t('hook.end')} text=${t('hook.end')} ask=${t('hook.endsure')} onSure=${end} />
      </div>
      <${Trouble} problem=${trouble} />
      <${Deliveries} log=${log} onAgain=${(/** @type {string} */ one) => ask(sending, `deliveries/${one}/redeliver`, () => undefined)} />
      ${secret.value && html`
        <${Secret} title=${t('hook.newsecret')} sub=${t('hook.oldlasts')} secret=${secret.value}
          onClose=${() => (secret.value = '')} />`}
    </main>`;
}
