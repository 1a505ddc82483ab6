// A film that did not come to its end: what happened, and what can be done.
import { html } from '../html.js';
import { t, told } from '../i18n.js';
import { Icon } from '../parts/icon.js';

/** @param {{job: import('../job.js').Job, onRetry: (() => void) | null}} props */
export function Ended({ job, onRetry }) {
  if (job.status === 'completed') return null;
  if (job.status === 'cancelled') return html`<p class="note"><${Icon} name="circle-stop" />${t('job.stopped')}</p>`;
  const refused = job.status === 'moderation_failed';
  const title = refused ? t('job.refused') : (told(`fault.${job.error?.code}`) ?? t('job.failed'));
  return html`
    <div class="note bad" role="alert">
      <${Icon} name="triangle-alert" />
      <div class="stack">
        <h2>${title}</h2>
        <p>${job.error?.message}</p>
        ${refused && job.moderation.categories.length > 0 && html`
          <p class="row wrap">${job.moderation.categories.map((one) => html`<span class="pill bad" key=${one}>${one}</span>`)}</p>`}
        ${refused
          ? html`<p><a class="btn plain" href="#/new"><${Icon} name="pencil" size="s" />${t('job.rewrite')}</a></p>`
          : onRetry && html`
            <p><button type="button" class="btn plain" onClick=${onRetry}>
              <${Icon} name="refresh-cw" size="s" />${t('job.retry')}</button></p>`}
      </div>
    </div>`;
}
