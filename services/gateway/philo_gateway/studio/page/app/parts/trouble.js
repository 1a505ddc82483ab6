// What went wrong, in words, with what to do about it.
import { html } from '../html.js';
import { lang, t, told } from '../i18n.js';
import { Icon } from './icon.js';

/** A line under a field. @param {{id?: string, children?: any}} props */
export const Wrong = ({ id, children }) =>
  children ? html`<p class="wrong" id=${id} role="alert"><${Icon} name="triangle-alert" size="s" />${children}</p>` : null;

/** What a problem is called in the reader's language. @param {import('../problem.js').Problem} problem */
export const titleOf = (problem) => told(`problem.${problem.code}`) ?? (problem.title || t('problem.other'));

/** What to do about it: as the server says, which speaks English; in another language in our own words, where we have
 * some. @param {import('../problem.js').Problem} problem */
export function detailOf(problem) {
  const said = problem.errors[0]?.detail ?? problem.detail;
  const ours = told(`fix.${problem.code}`);
  return (lang.value === 'en' ? said || ours : ours || said) || t('problem.again');
}

/** A refusal of the server. @param {{problem: import('../problem.js').Problem | null, onRetry?: () => void}} props */
export function Trouble({ problem, onRetry }) {
  if (!problem) return null;
  return html`
    <div class="note bad" role="alert">
      <${Icon} name="triangle-alert" />
      <div class="stack">
        <h3>${titleOf(problem)}</h3>
        <p class="small">${detailOf(problem)}</p>
        ${problem.request && problem.status >= 500 && html`<p class="tiny faint">${t('problem.request', problem.request)}</p>`}
        ${onRetry && html`
          <p><button type="button" class="btn plain" onClick=${onRetry}>
            <${Icon} name="refresh-cw" size="s" />${t('home.retry')}</button></p>`}
      </div>
    </div>`;
}
