// What each request to somebody who works for money has cost.
import { html, useEffect, useSignal } from '../html.js';
import { get } from '../api.js';
import { money, t } from '../i18n.js';
import { Problem } from '../problem.js';
import { Hollow } from './hollow.js';
import { Trouble } from './trouble.js';

/** @typedef {{id: string, scene_id: string | null, attempt: number, service: string, provider: string,
 *   model: string | null, amount: string | null}} CostLine */

/** @param {{job: import('../job.js').Job}} props */
export function Costs({ job }) {
  const lines = useSignal(/** @type {CostLine[] | null} */ (null));
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  useEffect(() => {
    get(`/jobs/${job.id}/costs`).then(
      (found) => (lines.value = found),
      (error) => (trouble.value = error),
    );
  }, [job.id, job.cost.actual, job.status]);
  if (trouble.value) return html`<${Trouble} problem=${trouble.value} />`;
  if (!lines.value) return html`<p class="quiet small timeline">${t('tl.reading')}</p>`;
  if (!lines.value.length) return html`<${Hollow} icon="coins" words=${t('cost.none')} />`;
  const what = (/** @type {CostLine} */ line) => {
    const scene = job.scenes.findIndex((one) => one.id === line.scene_id) + 1;
    return scene ? `${t('sc.scene', scene)} · ${line.service}` : line.service;
  };
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('job.tab.cost')}>
      <table>
        <thead><tr><th scope="col">${t('cost.what')}</th><th scope="col">${t('cost.by')}</th>
          <th scope="col" class="num">${t('job.final')}</th></tr></thead>
        <tbody>${lines.value.map((line) => html`
          <tr key=${line.id}><td>${what(line)}</td><td class="quiet">${line.model ?? line.provider}</td>
            <td class="num">${line.amount === null ? '–' : money(line.amount)}</td></tr>`)}</tbody>
        <tfoot><tr><td>${t('cost.sum')}</td><td></td><td class="num">${money(job.cost.actual)}</td></tr></tfoot>
      </table>
    </div>`;
}
