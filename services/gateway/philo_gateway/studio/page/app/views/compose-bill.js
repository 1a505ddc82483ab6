// What the film will take: seconds, and money where somebody who works for money is asked.
import { html, useEffect, useSignal } from '../html.js';
import { get } from '../api.js';
import { clock, money, number, t } from '../i18n.js';
import { Bar } from '../parts/status.js';
import { Trouble } from '../parts/trouble.js';

function useUsage() {
  const usage = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    get('/auth/me/usage').then(
      (found) => (usage.value = found),
      () => undefined, // the bill is whole without it
    );
  }, []);
  return usage.value;
}

/** @param {{estimate: any}} props */
function Left({ estimate }) {
  const usage = useUsage();
  if (!usage) return null;
  const free = estimate ? estimate.cost.free : true;
  const { used, limit } = free ? usage.video_minutes : usage.spend;
  const more = free ? (estimate?.duration ?? 0) / 60 : Number(estimate.cost.estimated);
  const left = Math.max(0, Number(limit) - Number(used));
  const words = free ? t('new.minutes', number(left), number(limit)) : t('new.budget', money(left), money(limit));
  return html`
    <${Bar} value=${Math.min(100, ((Number(used) + more) / Math.max(0.001, Number(limit))) * 100)} label=${t('nav.usage')} />
    <p class="small quiet num bill-left">${words}</p>`;
}

/** @param {{estimate: import('../estimating.js').Estimate | null, trouble: import('../problem.js').Problem | null, busy: boolean,
 *   children?: any}} props `children` are other ways to go on. */
export function Bill({ estimate, trouble, busy, children }) {
  const seconds = (/** @type {number | undefined} */ value) =>
    value === undefined ? '–' : value < 90 ? t('job.sec', Math.round(value)) : clock(value);
  const price = !estimate ? '–' : estimate.cost.free ? t('job.free') : money(estimate.cost.estimated);
  return html`
    <section class="card bill" aria-labelledby="bill-head">
      <h2 id="bill-head">${t('new.est')}</h2>
      <dl class="facts">
        <div><dt>${t('new.length')}</dt><dd class="num">${estimate ? clock(estimate.duration) : '–'}</dd></div>
        <div><dt>${t('new.scenes')}</dt><dd class="num">${estimate ? estimate.scenes : '–'}</dd></div>
        <div><dt>${t('new.first')}</dt><dd class="num">${seconds(estimate?.first_scene_seconds)}</dd></div>
        <div><dt>${t('new.ready')}</dt><dd class="num">${seconds(estimate?.eta_seconds)}</dd></div>
      </dl>
      <div class="price"><p class="quiet">${t('new.cost')}</p>
        <p class=${`big num ${estimate ? '' : 'faint'}`} aria-live="polite">${price}</p></div>
      <${Left} estimate=${estimate} />
      <${Trouble} problem=${trouble} />
      <button class="btn main wide" aria-disabled=${busy}>${t('new.make')}</button>
      ${children}
      <p class="small faint center">${t('new.nothing')}</p>
    </section>`;
}
