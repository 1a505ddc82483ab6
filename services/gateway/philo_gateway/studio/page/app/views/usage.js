// What has been used this month, and what may be.
import { html, useEffect, useSignal } from '../html.js';
import { get } from '../api.js';
import { day, money, number, t } from '../i18n.js';
import { Problem } from '../problem.js';
import { Bar } from '../parts/status.js';
import { Trouble } from '../parts/trouble.js';

/** @param {{name: string, used: number, limit: number, shown?: (value: number) => string}} props */
const Meter = ({ name, used, limit, shown = number }) => html`
  <section class="card meter">
    <h2>${name}</h2>
    <p class="meter-figure"><span class="big num">${shown(used)}</span> <span class="quiet num">${t('use.of', shown(limit))}</span></p>
    <${Bar} value=${limit > 0 ? Math.min(100, (used / limit) * 100) : 0} label=${name} />
  </section>`;

export function Usage() {
  const usage = useSignal(/** @type {any} */ (null));
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const read = () => {
    trouble.value = null;
    get('/auth/me/usage').then((found) => (usage.value = found), (error) => (trouble.value = error));
  };
  useEffect(read, []);
  const of = usage.value;
  return html`
    <main id="main" class="page plain-page">
      <header class="page-head"><div><h1 tabindex="-1">${t('nav.usage')}</h1>
        ${of && html`<p class="quiet">${t('use.period', day(of.period.start), day(of.period.end))}</p>`}</div>
        ${of && html`<span class="pill">${t(/** @type {any} */ (`tier.${of.tier}`))}</span>`}</header>
      <${Trouble} problem=${trouble.value} onRetry=${read} />
      ${of && html`
        <div class="meters">
          <${Meter} name=${t('use.minutes')} used=${of.video_minutes.used} limit=${of.video_minutes.limit} />
          <${Meter} name=${t('use.spend')} used=${Number(of.spend.used)} limit=${Number(of.spend.limit)} shown=${money} />
          <${Meter} name=${t('use.jobs')} used=${of.concurrent_jobs.used} limit=${of.concurrent_jobs.limit} />
          <${Meter} name=${t('use.queued')} used=${of.queued_jobs.used} limit=${of.queued_jobs.limit} />
        </div>`}
    </main>`;
}
