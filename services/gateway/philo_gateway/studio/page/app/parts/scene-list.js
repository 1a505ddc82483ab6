// The scenes as cards: what is shown, what is said, how far it is.
import { html } from '../html.js';
import { clock, t } from '../i18n.js';
import { moment } from '../job.js';
import { draftOf } from '../drafts.js';
import { Icon } from './icon.js';
import { momentWord, ScenePicture } from './picture.js';

/** @typedef {import('../job.js').Scene} Scene */

/** @param {{scene: Scene, draft: {narration: string} | undefined}} props */
function Words({ scene, draft }) {
  const now = moment(scene);
  return html`
    <div class="grow">
      <p class="scene-head">
        <b class="num">${scene.index + 1}</b><span class="cut" lang=${scene.language}>${scene.title}</span>
        ${scene.revision > 1 && html`<span class="pill">${t('sc.take', scene.revision)}</span>`}
        ${now !== 'done' && html`<span class="small state" data-state=${now}>${momentWord(scene)}</span>`}
      </p>
      <p class="spoken" lang=${scene.language}>${draft?.narration ?? scene.narration}</p>
    </div>`;
}

/** @param {{job: import('../job.js').Job, at: number | null, length: (index: number) => number, frozen: boolean,
 *   editable: boolean, onChoose: (index: number) => void, onPlay: (index: number) => void}} props */
export function SceneList({ job, at, length, frozen, editable, onChoose, onPlay }) {
  const card = (/** @type {Scene} */ scene) => {
    const { index } = scene;
    const now = moment(scene);
    const playable = !frozen && (now === 'done' || now === 'redo');
    return html`
      <li key=${scene.id} class=${`scene ${at === index ? 'here' : ''}`} data-moment=${now}>
        <button type="button" class="thumb" disabled=${!playable} onClick=${() => onPlay(index)}
          aria-label=${`${t('sc.playfrom', index + 1)}, ${clock(length(index))}`}>
          <${ScenePicture} scene=${scene} still=${frozen}>
            ${now === 'done' && html`<span class="len num">${clock(length(index))}</span>`}
          </${ScenePicture}>
        </button>
        <${Words} scene=${scene} draft=${frozen ? undefined : draftOf(job.id, scene.id)} />
        ${editable && html`
          <button type="button" class="btn bare edit" data-edit=${index} onClick=${() => onChoose(index)}
            aria-label=${`${t('sc.edit')}: ${t('sc.scene', index + 1)}`}>
            <${Icon} name="pencil" size="s" /><span>${t('sc.edit')}</span>
          </button>`}
      </li>`;
  };
  return html`<ol class="scenes">${job.scenes.map(card)}</ol>`;
}

/** Where scenes will be. */
export const SceneBones = () => html`
  <ol class="scenes" aria-hidden="true">
    ${[22, 28, 34, 40].map((wide) => html`
      <li class="scene">
        <div class="raster frame wait" />
        <div class="grow stack">
          <span class="bone" style=${{ width: `${wide}%` }} />
          <span class="bone" style=${{ width: '86%' }} />
          <span class="bone" style=${{ width: '54%' }} />
        </div>
      </li>`)}
  </ol>`;
