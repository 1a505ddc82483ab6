// What a webhook was sent, newest first, with every attempt and how it went.
import { html, useEffect, useSignal } from '../html.js';
import { get } from '../api.js';
import { ago, number, t, told } from '../i18n.js';
import { Problem } from '../problem.js';
import { jobs } from '../store.js';
import { outcomeOf } from '../webhooks.js';
import { Hollow } from '../parts/hollow.js';
import { Icon } from '../parts/icon.js';
import { More } from '../parts/more.js';
import { Trouble } from '../parts/trouble.js';

/** @typedef {import('../webhooks.js').Delivery} Delivery */

const REST = 1_000; // milliseconds after something happened to a film
const LOOK = 3_000; // milliseconds between two looks at what is waiting
const MARKS = { delivered: 'check', waiting: 'clock', failed: 'triangle-alert' };

/** The log as far as it was asked for; it is read again when films move, and while something waits. @param {string} place */
export function useDeliveries(place) {
  const shown = useSignal(/** @type {Delivery[] | null} */ (null));
  const [next, trouble] = [useSignal(/** @type {string | null} */ (null)), useSignal(/** @type {Problem | null} */ (null))];
  /** @param {string} [cursor] */
  const read = async (cursor) => {
    try {
      const page = await get(`${place}/deliveries?limit=30${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      const found = new Map([...(shown.value ?? []), ...page.items].map((one) => [one.id, one]));
      if (cursor || !shown.value) next.value = page.next_cursor; // looking again does not forget how far it was
      shown.value = [...found.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
      trouble.value = null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    }
  };
  const waits = shown.value?.some((one) => one.state === 'waiting');
  useEffect(() => void read(), [place]);
  useEffect(() => {
    const rest = setTimeout(() => read(), REST);
    return () => clearTimeout(rest);
  }, [jobs.value]);
  useEffect(() => {
    if (!waits) return undefined;
    const looking = setInterval(() => read(), LOOK);
    return () => clearInterval(looking);
  }, [waits]);
  const older = () => read(next.value ?? undefined);
  return { shown: shown.value, trouble: trouble.value, again: () => read(), goesOn: () => next.value !== null, older };
}

/** @param {{attempt: import('../webhooks.js').Attempt}} props */
const AttemptLine = ({ attempt }) => html`
  <tr><td class="nowrap">${ago(attempt.at)}</td><td class="num">${attempt.status ?? '–'}</td>
    <td class="num nowrap">${number(attempt.milliseconds)} ms</td><td class="small mono answer">${outcomeOf(attempt)}</td></tr>`;

/** @param {{one: Delivery, onAgain: () => void}} props */
function DeliveryLine({ one, onAgain }) {
  const word = t(/** @type {any} */ (`hook.s.${one.state}`));
  return html`
    <li class="delivery" data-state=${one.state}>
      <details>
        <summary>
          <span class="bead"><${Icon} name=${MARKS[one.state]} size="s" /></span>
          <span class="grow"><b>${told(`hook.e.${one.event}`) ?? one.event}</b>
            <span class="small quiet cut">${word} · ${ago(one.created_at)} · ${t('hook.tries', one.attempts.length)}</span></span>
          <${Icon} name="chevron-right" size="s" />
        </summary>
        <div class="delivery-more">
          <p class="row wrap small">
            <span class="mono faint">${one.id}</span>
            ${one.job_id && html`<a class="link" href=${`#/videos/${one.job_id}`}>${t('hook.film')}</a>`}
          </p>
          ${one.attempts.length > 0 && html`
            <div class="scroll" tabindex="0" role="region" aria-label=${t('hook.attempts')}><table>
              <thead><tr><th scope="col">${t('hook.when')}</th><th scope="col" class="num">${t('hook.status')}</th>
                <th scope="col" class="num">${t('hook.took')}</th><th scope="col">${t('hook.answer')}</th></tr></thead>
              <tbody>${one.attempts.map((attempt) => html`<${AttemptLine} key=${attempt.at} attempt=${attempt} />`)}</tbody>
            </table></div>`}
          ${one.state !== 'waiting' && html`
            <p><button type="button" class="btn plain" onClick=${onAgain}>
              <${Icon} name="refresh-cw" size="s" />${t('hook.again')}</button></p>`}
        </div>
      </details>
    </li>`;
}

/** @param {{log: ReturnType<typeof useDeliveries>, onAgain: (id: string) => void}} props */
export const Deliveries = ({ log, onAgain }) => html`
  <h2 class="section">${t('hook.log')}</h2>
  <${Trouble} problem=${log.trouble} onRetry=${log.again} />
  ${log.shown?.length === 0 && html`<${Hollow} icon="send" words=${t('hook.nolog')} />`}
  ${log.shown && log.shown.length > 0 && html`
    <ul class="card keys-list">${log.shown.map((one) => html`
      <${DeliveryLine} key=${one.id} one=${one} onAgain=${() => onAgain(one.id)} />`)}</ul>`}
  <${More} list=".delivery" word=${t('hook.older')} goesOn=${log.goesOn} onMore=${log.older} />`;
