// The film in another form: asked for, watched while it is made, and handed over.
import { html, useSignal } from '../html.js';
import { get, post } from '../api.js';
import { keep } from '../download.js';
import { clock, t } from '../i18n.js';
import { live } from '../job.js';
import { useDoing } from '../reading.js';
import { jobs, receive } from '../store.js';
import { Choice } from './choice.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { Bar } from './status.js';
import { Trouble, Wrong } from './trouble.js';

const LONGEST = 15; // seconds of a GIF
const USUAL = 4;

/** @param {{word: string, value: number, most: number, shown: string, onPick: (value: number) => void}} props */
const Slide = ({ word, value, most, shown, onPick }) => html`
  <label class="field"><span class="between"><span class="label">${word}</span><span class="num quiet">${shown}</span></span>
    <input type="range" class="slide" min=${0} max=${most} step="0.5" value=${value} style=${{ '--at': `${(value / most) * 100}%` }}
      aria-valuetext=${shown} onInput=${(/** @type {any} */ event) => onPick(Number(event.target.value))} /></label>`;

/** How far it is, and the file when it is there. @param {{id: string, name: string}} props */
function Progress({ id, name }) {
  const job = jobs.value[id];
  const { busy, trouble, run } = useDoing();
  if (!job) return null;
  const fetchIt = () => run(async () => keep((await get(`/jobs/${id}`)).result.signed_url, name));
  if (job.status === 'completed')
    return html`
      <p class="note"><${Icon} name="check" />${t('exp.ready')}</p><${Trouble} problem=${trouble} />
      <button type="button" class="btn main wide" aria-disabled=${busy} onClick=${fetchIt}>
        <${Icon} name="download" />${t('exp.fetch')}</button>`;
  if (!live(job)) return html`<${Wrong}>${job.error?.message ?? t('st.cancelled')}</${Wrong}>`;
  return html`
    <p class="quiet" role="status">${t('exp.making')}</p><${Bar} value=${job.progress} label=${t('exp.making')} />`;
}

/** @param {{job: import('../job.js').Job, at: number, name: string, onClose: () => void}} props `at`: where the film stands. */
export function Export({ job, at, name, onClose }) {
  const whole = job.result?.duration ?? 0;
  const [form, start, seconds] = [useSignal('webm'), useSignal(Math.min(Math.floor(at), whole)), useSignal(USUAL)];
  const made = useSignal('');
  const { busy, trouble, run } = useDoing();
  const forms = /** @type {[string, string][]} */ ([['webm', 'WebM'], ['gif', 'GIF']]);
  const gif = form.value === 'gif';
  const most = Math.min(LONGEST, whole);
  const make = (/** @type {Event} */ event) => {
    event.preventDefault();
    run(async () => {
      const cut = gif ? { start: start.value, seconds: Math.max(0.5, seconds.value) } : {};
      const child = await post(`/jobs/${job.id}/exports`, { form: form.value, ...cut });
      receive(child);
      made.value = child.id;
    });
  };
  return html`
    <${Dialog} title=${t('exp.title')} sub=${t('exp.sub')} onClose=${onClose}>
      <form class="fork" onSubmit=${make}>
        <${Choice} label=${t('exp.title')} value=${form.value} options=${forms}
          onPick=${(/** @type {string} */ key) => { form.value = key; made.value = ''; }} />
        <p class="small quiet">${t(gif ? 'exp.gif' : 'exp.webm')}</p>
        ${gif && html`
          <${Slide} word=${t('exp.from')} value=${start.value} most=${Math.max(1, Math.floor(whole - 1))} shown=${clock(start.value)}
            onPick=${(/** @type {number} */ value) => { start.value = value; made.value = ''; }} />
          <${Slide} word=${t('exp.long')} value=${seconds.value} most=${most} shown=${t('job.sec', Math.max(0.5, seconds.value))}
            onPick=${(/** @type {number} */ value) => { seconds.value = value; made.value = ''; }} />`}
        <${Trouble} problem=${trouble} />
        ${made.value
          ? html`<${Progress} key=${made.value} id=${made.value} name=${`${name}.${form.value}`} />`
          : html`<button class="btn main wide" aria-disabled=${busy}>${t('exp.make')}</button>`}
      </form>
    </${Dialog}>`;
}
