// One scene in the reader's hands: its words, its picture, its voice, and what a change costs before it is made.
import { html, useEffect, useRef, useSignal } from '../html.js';
import { ask, post } from '../api.js';
import { askForVoices, speakersOf } from '../catalogue.js';
import { draw } from '../drafts.js';
import { money, number, t } from '../i18n.js';
import { useKept } from '../kept.js';
import { Problem } from '../problem.js';
import { load, receive } from '../store.js';
import { Icon } from './icon.js';
import { OwnChoice } from './own.js';
import { Takes } from './takes.js';
import { Trouble } from './trouble.js';
import { VoiceOptions } from './voice-options.js';

/** @typedef {import('../job.js').Scene} Scene */

const PAUSE = 400; // milliseconds of rest in typing before a price is asked for

/** @typedef {{words: string, picture: string, voice: string, own: import('./own.js').Own | null, revision: number}} Draft
 * `revision` is that of the scene which was changed. */

/** The scene as it is. @param {Scene} scene @returns {Draft} */
const draftOf = (scene) => ({
  words: scene.narration,
  picture: scene.visual_prompt,
  voice: scene.speaker ?? '',
  own: null,
  revision: scene.revision,
});

/** What is otherwise than in the film. @param {Scene} scene @param {Draft} wish */
function changeOf(scene, { words, picture, voice, own }) {
  const change = {};
  if (words.trim() && words.trim() !== scene.narration) Object.assign(change, { narration: words.trim() });
  if (picture.trim() && picture.trim() !== scene.visual_prompt) Object.assign(change, { visual_prompt: picture.trim() });
  if (voice !== (scene.speaker ?? '')) Object.assign(change, { voice: voice || null });
  if (own) Object.assign(change, { picture_asset_id: own.id });
  return Object.keys(change).length ? change : null;
}

/** The price and the seconds of a change. @param {string} place @param {object | null} change */
function usePrice(place, change) {
  const price = useSignal(/** @type {any} */ (null));
  const told = JSON.stringify(change);
  useEffect(() => {
    price.value = null;
    if (!change) return undefined;
    const asking = new AbortController();
    const reckon = () =>
      post(`${place}/estimate`, change, { signal: asking.signal }).then(
        (found) => (price.value = found),
        () => undefined, // the change itself says what is wrong with it
      );
    const rest = setTimeout(reckon, PAUSE);
    return () => {
      clearTimeout(rest);
      asking.abort();
    };
  }, [place, told]);
  return price.value;
}

/** The scene has become another one while it was changed here. @param {{onTheirs: () => void, onMine: () => void}} props */
const Stale = ({ onTheirs, onMine }) => html`
  <div class="note care" role="alert">
    <${Icon} name="triangle-alert" />
    <div class="stack"><p>${t('sc.stale')}</p>
      <p class="row wrap"><button type="button" class="btn plain" onClick=${onTheirs}>${t('sc.theirs')}</button>
        <button type="button" class="btn plain" onClick=${onMine}>${t('sc.mine')}</button></p></div>
  </div>`;

/** @param {{price: any, busy: boolean, changed: boolean}} props */
function Terms({ price, busy, changed }) {
  if (busy) return html`${t('sc.s.redo')}…`;
  if (!changed) return html`${t('sc.same')}`;
  if (!price) return html`${t('sc.onlythis')}`;
  const cost = price.cost.free ? t('job.free') : money(price.cost.estimated);
  return html`${t('sc.only', number(Math.round(price.eta_seconds)), cost)}`;
}

/** @param {{job: import('../job.js').Job, index: number, onClose: () => void, onMove: (index: number) => void}} props */
export function SceneEditor({ job, index, onClose, onMove }) {
  const scene = job.scenes[index];
  const place = `/jobs/${job.id}/scenes/${scene.id}`;
  const kept = useKept(`philo.edit.${job.id}.${scene.id}`, draftOf(scene));
  const wish = kept.value;
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const sending = useSignal(false);
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => void askForVoices(), []);
  useEffect(() => void (trouble.value = null), [scene.id, scene.revision]);
  useEffect(() => head.current?.focus({ preventScroll: true }), [scene.id]);

  const busy = scene.status === 'redrawing' || sending.value;
  const change = changeOf(scene, wish);
  const stale = Boolean(change) && wish.revision !== scene.revision;
  const price = usePrice(place, busy ? null : change);

  /** @param {() => Promise<any>} making */
  const make = async (making) => {
    sending.value = true;
    trouble.value = null;
    try {
      const child = await making();
      draw(child.id, { parent: job.id, scene: scene.id, narration: wish.words.trim() });
      kept.drop();
      receive(child);
      await load(job.id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    } finally {
      sending.value = false;
    }
  };
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!change || busy || stale) return;
    make(async () => (await ask('PATCH', place, { body: change, match: `"${wish.revision}"` })).json());
  };
  const restore = (/** @type {number} */ take) => make(() => post(`${place}/takes/${take}/restore`));
  const type = (/** @type {keyof Draft} */ field) => (/** @type {any} */ event) => kept.write({ [field]: event.target.value });

  return html`
    <form class="card editor" aria-labelledby="editor-head" onSubmit=${save}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && onClose()}>
      <header class="between">
        <h2 id="editor-head" tabindex="-1" ref=${head}>${t('sc.scene', index + 1)}</h2>
        <span class="row tight">
          <button type="button" class="btn bare square" disabled=${index === 0} aria-label=${t('sc.prev')}
            onClick=${() => onMove(index - 1)}><${Icon} name="chevron-left" /></button>
          <button type="button" class="btn bare square" disabled=${index === job.scenes.length - 1}
            aria-label=${t('sc.next')} onClick=${() => onMove(index + 1)}><${Icon} name="chevron-right" /></button>
          <button type="button" class="btn bare square" aria-label=${t('sc.close')} onClick=${onClose}>
            <${Icon} name="x" /></button>
        </span>
      </header>
      <div class="body">
        <div class="field">
          <label for="ed-words">${t('sc.words')}</label>
          <textarea id="ed-words" class="input spoken" rows="2" lang=${scene.language} value=${wish.words} onInput=${type('words')} />
        </div>
        <div class="field">
          <label for="ed-picture">${t('sc.picture')}</label>
          <textarea id="ed-picture" class="input" rows="2" value=${wish.picture} onInput=${type('picture')} />
          <${OwnChoice} own=${wish.own} word=${t('up.useown')} title=${t('up.ownpicture')} icon="image-plus"
            sorts=${['picture', 'footage']} onPick=${(/** @type {any} */ own) => kept.write({ own })} />
          ${wish.own && html`<p class="hint">${t('up.instead')}</p>`}
        </div>
        <div class="field">
          <label for="ed-voice">${t('sc.voice')}</label>
          <select id="ed-voice" class="input" value=${wish.voice} onChange=${type('voice')}>
            <option value="">${t('sc.filmvoice')}</option>
            <${VoiceOptions} voices=${speakersOf(scene.language)} chosen=${wish.voice} />
          </select>
        </div>
        <${Takes} job=${job} scene=${scene} busy=${busy} onUse=${restore} />
        ${stale && html`
          <${Stale} onTheirs=${kept.drop} onMine=${() => kept.write({ revision: scene.revision })} />`}
        <${Trouble} problem=${trouble.value} />
      </div>
      <footer>
        <p class="small quiet" aria-live="polite"><${Terms} price=${price} busy=${busy} changed=${Boolean(change)} /></p>
        <button class="btn main wide" aria-disabled=${!change || busy || stale}>
          <${Icon} name="refresh-cw" size="s" />${t('sc.redraw')}
        </button>
      </footer>
    </form>`;
}
