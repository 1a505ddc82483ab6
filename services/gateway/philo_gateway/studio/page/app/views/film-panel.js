// Beside the film: its scenes, its timeline, its costs, its log.
import { html } from '../html.js';
import { t } from '../i18n.js';
import { route, turn } from '../route.js';
import { Tabs } from '../parts/choice.js';
import { Costs } from '../parts/costs.js';
import { sceneAt, startOf } from '../parts/parts.js';
import { SceneBones, SceneList } from '../parts/scene-list.js';
import { Log, Timeline } from '../parts/timeline.js';
import { live } from '../job.js';

/** @typedef {import('../job.js').Job} Job */

/** @param {{job: Job, past: number | null, playback: import('../parts/playback.js').Playback}} props */
function Scenes({ job, past, playback }) {
  if (!job.scenes.length) return live(job) ? html`<${SceneBones} />` : html`<p class="quiet nothing">${t('sc.none')}</p>`;
  const { ready, lengths, now, seek } = playback;
  return html`
    <${SceneList} job=${job} at=${ready && !past ? sceneAt(lengths, now.value) : null} frozen=${Boolean(past)}
      editable=${!past && job.status === 'completed'} length=${(/** @type {number} */ index) => lengths[index] ?? 0}
      onChoose=${(/** @type {number} */ index) => turn({ edit: index + 1 })}
      onPlay=${(/** @type {number} */ index) => seek(startOf(lengths, index) + 0.05)} />`;
}

/** @param {{job: Job, past: number | null, story: import('../parts/timeline.js').Line[],
 *   playback: import('../parts/playback.js').Playback}} props */
export function Panel({ job, past, story, playback }) {
  const tab = route.value.search.get('tab') ?? 'scenes';
  const tabs = /** @type {[string, string, number?][]} */ ([
    ['scenes', t('job.tab.scenes'), job.scenes.length],
    ['events', t('job.tab.events'), story.length],
    ['cost', t('job.tab.cost')],
    ['log', t('job.tab.log')],
  ]);
  const pick = (/** @type {number} */ version) => turn({ at: version >= story.length ? null : version });
  return html`
    <${Tabs} label=${t('job.details')} value=${tab} tabs=${tabs} onPick=${(/** @type {string} */ key) => turn({ tab: key })} />
    <div id="panel" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
      ${tab === 'scenes' && html`<${Scenes} job=${job} past=${past} playback=${playback} />`}
      ${tab === 'events' && html`<${Timeline} lines=${story} job=${job} at=${past} onPick=${pick} />`}
      ${tab === 'cost' && html`<${Costs} job=${job} />`}
      ${tab === 'log' && html`<${Log} lines=${past ? story.slice(0, past) : story} />`}
    </div>`;
}
