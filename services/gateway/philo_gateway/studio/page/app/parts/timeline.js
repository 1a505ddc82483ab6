// The job's events. Choosing one puts ?at=N into the address, and the whole page shows the job as it was then.
import { html, useSignal } from '../html.js';
import { clock, t, told } from '../i18n.js';
import { Choice } from './choice.js';
import { Icon } from './icon.js';

/** @typedef {{version: number, event: string, to: string, reason: string | null, elapsed: number, scene_id: string | null,
 *   main: boolean, words: {code: string, values: Record<string, any>}}} Line */

const GLYPHS = /** @type {Record<string, string>} */ ({
  JobRequested: 'file-text', JobStarted: 'check', JobPlanned: 'list', SceneVoiced: 'volume-2', ScenePainted: 'image',
  SceneDrawn: 'film', PreviewGrew: 'play', MusicAdded: 'music', JobCompleted: 'check', FilmRevised: 'check',
  JobFailed: 'triangle-alert', JobRefused: 'triangle-alert', JobRetried: 'refresh-cw', JobCancelled: 'circle-stop',
  SceneRedrawStarted: 'pencil', SceneRedrawAbandoned: 'undo-2', CostRecorded: 'coins',
});
const BAD = ['JobFailed', 'JobRefused', 'DeadlineReached'];
const LONG = 60; // seconds between two events that are worth a word

/** What happened, in the reader's words. @param {Line} line @param {import('../job.js').Job} job */
export function wordsOf(line, job) {
  const scene = job.scenes.findIndex((one) => one.id === line.scene_id) + 1;
  return told(`ev.${line.words.code}`, { ...line.words.values, scene, reason: line.reason }) ?? line.event;
}

/** @param {{line: Line, job: import('../job.js').Job, gap: number, on: boolean, after: boolean, onPick: () => void}} props */
const EventLine = ({ line, job, gap, on, after, onPick }) => html`
  ${gap > LONG && html`<li class="gap small faint">${t('tl.later', clock(gap))}</li>`}
  <li class=${`event ${BAD.includes(line.event) ? 'bad' : ''} ${on ? 'on' : ''} ${after ? 'after' : ''}`}>
    <button type="button" onClick=${onPick} aria-current=${on ? 'true' : undefined}>
      <time class="num small">${clock(line.elapsed)}</time>
      <span class="bead"><${Icon} name=${GLYPHS[line.event] ?? 'activity'} size="s" /></span>
      <span class="grow">${wordsOf(line, job)}</span>
      <span class="num tiny faint nr">#${line.version}</span>
    </button>
  </li>`;

/** @param {{lines: Line[], job: import('../job.js').Job, at: number | null, onPick: (version: number) => void}} props */
export function Timeline({ lines, job, at, onPick }) {
  const depth = useSignal('main');
  const shown = lines.filter((line) => depth.value === 'all' || line.main);
  if (!shown.length) return html`<p class="quiet small timeline">${t('tl.reading')}</p>`;
  const here = at ?? lines.length;
  const spot = Math.max(0, shown.findLastIndex((line) => line.version <= here));
  const depths = /** @type {[string, string][]} */ ([['main', t('tl.major')], ['all', t('tl.all')]]);
  const place = `${t('tl.at', shown[spot].version, lines.length)}: ${wordsOf(shown[spot], job)}`;
  return html`
    <div class="timeline">
      <div class="between wrap">
        <p class="quiet small">${t('tl.help')}</p>
        <${Choice} label=${t('job.tab.events')} value=${depth.value} options=${depths}
          onPick=${(/** @type {string} */ key) => (depth.value = key)} />
      </div>
      <input type="range" class="moment" min="0" max=${shown.length - 1} value=${spot} aria-label=${t('tl.slider')}
        aria-valuetext=${place} style=${{ '--at': `${(spot / Math.max(1, shown.length - 1)) * 100}%` }}
        onInput=${(/** @type {any} */ event) => onPick(shown[Number(event.target.value)].version)} />
      <ol class="events">
        ${shown.map((line, index) => html`
          <${EventLine} key=${line.version} line=${line} job=${job} gap=${index ? line.elapsed - shown[index - 1].elapsed : 0}
            on=${Boolean(at) && index === spot} after=${line.version > here} onPick=${() => onPick(line.version)} />`)}
      </ol>
    </div>`;
}

/** Every event with its values, as the server keeps it. @param {{lines: Line[]}} props */
export const Log = ({ lines }) => html`
  <pre class="log" tabindex="0" role="log" aria-label=${t('job.tab.log')}>${lines.map((line) => html`<span
    class=${BAD.includes(line.event) ? 'bad' : ''}><i>${clock(line.elapsed)}</i> ${line.event} ${valuesOf(line)}</span>`)}</pre>`;

/** @param {unknown} value Digits that nobody can hear or see are noise. */
const inShort = (value) => (typeof value === 'number' ? String(Number(value.toFixed(3))) : String(value).slice(0, 80));

/** @param {Line} line */
const valuesOf = (line) => Object.entries(line.words.values).map(([name, value]) => `${name}=${inShort(value)}`).join(' ');
