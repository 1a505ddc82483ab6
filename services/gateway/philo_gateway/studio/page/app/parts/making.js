// The panel that answers: how long still, what is happening, what does it cost.
import { html } from '../html.js';
import { clock, money, number, size, t } from '../i18n.js';
import { drawn } from '../job.js';
import { queue } from '../store.js';
import { useLeft } from './countdown.js';
import { Icon } from './icon.js';
import { Bar } from './status.js';

/** @typedef {import('../job.js').Job} Job */

/** @param {import('../job.js').Stage} stage */
function stateOf(stage) {
  if (stage.finished_at || (stage.total > 0 && stage.done >= stage.total)) return 'done';
  return stage.started_at || stage.done ? 'now' : 'later';
}

/** @param {{stage: import('../job.js').Stage}} props */
function StageLine({ stage }) {
  const state = stateOf(stage);
  const counted = stage.total > 1 && state !== 'later';
  return html`
    <li class=${state} aria-current=${state === 'now' ? 'step' : undefined}>
      <span class="bead">${state === 'done' && html`<${Icon} name="check" size="s" />`}</span>
      <span class="word">${t(/** @type {any} */ (`job.stage.${stage.name}`))}</span>
      <span class="num tiny faint">${counted ? `${Math.floor(stage.done)} / ${stage.total}` : ''}</span>
    </li>`;
}

/** @param {Job} job */
function doing(job) {
  const place = queue.value[job.id];
  if (job.status === 'queued' && place) return t('job.queue', place.position, place.pending_jobs);
  if (job.scenes.length) return t('job.drawn', drawn(job), job.scenes.length);
  return t(/** @type {any} */ (`st.${job.status}`));
}

/** @param {Job} job */
const paid = (job) => Number(job.cost.estimated) > 0 || Number(job.cost.actual) > 0;

/** @param {{job: Job, still: boolean, onStop: (() => void) | null}} props */
export function Making({ job, still, onStop }) {
  const left = useLeft(job.id);
  const counting = left !== undefined && !still;
  return html`
    <section class="card making" aria-label=${t('job.details')}>
      <div class="making-top">
        <div class="left">
          <p class="big num">${counting ? clock(left) : `${job.progress} %`}</p>
          ${counting && html`<p class="quiet">${t('job.left')}</p>`}
        </div>
        <p class="quiet small grow made">${doing(job)}<span class="faint">${t('job.keep')}</span></p>
        <p class="money num">
          <b>${paid(job) ? money(job.cost.actual) : t('job.free')}</b>
          ${paid(job) && html`<small>${t('job.of', money(job.cost.estimated))}</small>`}
        </p>
        ${onStop && html`
          <button type="button" class="btn plain danger" onClick=${onStop}>
            <${Icon} name="circle-stop" size="s" />${t('job.stop')}
          </button>`}
      </div>
      <${Bar} value=${job.progress} label=${t('st.processing')} />
      <ol class="stages">${job.stages.map((stage) => html`<${StageLine} key=${stage.name} stage=${stage} />`)}</ol>
    </section>
    <${Warnings} job=${job} />`;
}

/** What a person should know of how it is made: somebody was away, and another one did it. @param {{job: Job}} props */
const Warnings = ({ job }) =>
  html`${job.warnings.map((warning) => html`
    <p class="note care small" key=${warning}><${Icon} name="triangle-alert" />${warning}</p>`)}`;

/** What a finished film is. @param {{job: Job}} props */
export function Made({ job }) {
  const film = job.result;
  if (!film?.output_url) return null;
  const took = job.generation_time_ms;
  return html`
    <dl class="made-facts">
      <div><dt>${t('new.length')}</dt><dd class="num">${clock(film.duration ?? 0)}</dd></div>
      <div><dt>${t('made.size')}</dt><dd class="num">${film.width} × ${film.height}</dd></div>
      <div><dt>${t('made.bytes')}</dt><dd class="num">${size(film.size_bytes ?? 0)}</dd></div>
      ${took && html`<div><dt>${t('made.in')}</dt><dd class="num">${t('job.sec', number(Math.round(took / 1000)))}</dd></div>`}
      <div><dt>${t('job.final')}</dt><dd class="num">${paid(job) ? money(job.cost.actual) : t('job.free')}</dd></div>
    </dl>
    <${Warnings} job=${job} />`;
}
