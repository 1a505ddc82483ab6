// The scenes of a script before anything is drawn: what is said, what is shown, in which order; then the film.
import { html, useSignal } from '../html.js';
import { post } from '../api.js';
import { useEstimate } from '../estimating.js';
import { t } from '../i18n.js';
import { useDoing } from '../reading.js';
import { go } from '../route.js';
import { keepScript, longer, moved, requestOf, rewritten, script, silent, without } from '../script.js';
import { expect, receive } from '../store.js';
import { Icon } from '../parts/icon.js';
import { OwnChoice } from '../parts/own.js';
import { Wrong } from '../parts/trouble.js';
import { Bill } from './compose-bill.js';
import { configOf, want, wish } from './wish.js';

/** @typedef {import('../script.js').Script} Script */

/** @param {{of: Script, index: number, wrong: boolean}} props */
function SceneCard({ of, index, wrong }) {
  const scene = of.scenes[index];
  const write = (/** @type {'title' | 'narration' | 'visual_prompt'} */ field) => (/** @type {any} */ event) =>
    keepScript(rewritten(of, index, { [field]: event.target.value }));
  const name = t('sc.scene', index + 1);
  /** @param {string} icon @param {string} word @param {boolean} off @param {() => Script} change */
  const act = (icon, word, off, change) => html`
    <button type="button" class="btn bare square" aria-label=${`${word}: ${name}`} title=${word} disabled=${off}
      onClick=${() => keepScript(change())}><${Icon} name=${icon} size="s" /></button>`;
  return html`
    <li class="card draft" aria-label=${name}>
      <div class="row draft-head">
        <b class="num faint">${index + 1}</b>
        <input class="draft-title grow" aria-label=${`${t('rev.scenetitle')}: ${name}`} value=${scene.title} maxlength="200"
          placeholder=${t('rev.scenetitle')} lang=${of.language} onInput=${write('title')} />
        ${act('arrow-up', t('rev.up'), index === 0, () => moved(of, index, index - 1))}
        ${act('arrow-down', t('rev.down'), index === of.scenes.length - 1, () => moved(of, index, index + 1))}
        ${act('trash-2', t('rev.remove'), of.scenes.length === 1, () => without(of, index))}
      </div>
      <label class="sr" for=${`said-${scene.key}`}>${t('sc.words')}: ${name}</label>
      <textarea id=${`said-${scene.key}`} class="input spoken" rows="2" lang=${of.language} value=${scene.narration}
        aria-invalid=${wrong} aria-describedby="review-bad" onInput=${write('narration')} />
      <div class="draft-picture">
        <label class="small quiet" for=${`shown-${scene.key}`}>${t('sc.picture')}</label>
        <textarea id=${`shown-${scene.key}`} class="input small-input" rows="1" maxlength="1000" value=${scene.visual_prompt}
          placeholder=${t('rev.drawnfrom')} disabled=${Boolean(scene.own)} onInput=${write('visual_prompt')} />
        <span /><div><${OwnChoice} own=${scene.own ?? null} word=${t('up.useown')} title=${t('up.ownpicture')} icon="image-plus"
          sorts=${['picture', 'footage']} onPick=${(/** @type {any} */ own) => keepScript(rewritten(of, index, { own }))} /></div>
      </div>
    </li>`;
}

const Nothing = () => html`
  <main id="main" class="page"><div class="empty">
    <h1 tabindex="-1">${t('rev.none')}</h1><p class="quiet">${t('rev.nonesub')}</p>
    <a class="btn main" href="#/new">${t('nav.new')}</a>
  </div></main>`;

export function Review() {
  const of = script.value;
  const wrong = useSignal(-1);
  const { busy, trouble: refused, run } = useDoing();
  const request = of && silent(of) < 0 ? requestOf(of, configOf(wish.value), wish.value.project) : null;
  const { estimate, trouble } = useEstimate('/jobs/estimate', request);
  if (!of) return html`<${Nothing} />`;

  const make = (/** @type {Event} */ event) => {
    event.preventDefault();
    wrong.value = silent(of);
    if (wrong.value >= 0) return void document.getElementById(`said-${of.scenes[wrong.value].key}`)?.focus();
    run(async () => {
      const job = await post('/jobs', request);
      receive(job);
      if (estimate) expect(job.id, estimate.eta_seconds);
      keepScript(null);
      want({ script: '', idea: '' });
      go(`/videos/${job.id}`);
    });
  };
  return html`
    <main id="main" class="page">
      <form class="compose" onSubmit=${make}>
        <div class="compose-main">
          <header class="page-head"><div>
            <nav class="crumbs small" aria-label=${t('nav.path')}><a href="#/new">${t('nav.new')}</a></nav>
            <h1 tabindex="-1">${t('rev.title')}</h1><p class="quiet">${t('rev.sub')}</p></div></header>
          <div class="field film-title"><label for="film-title">${t('rev.filmtitle')}</label>
            <input id="film-title" class="input" maxlength="200" lang=${of.language} value=${of.title}
              onInput=${(/** @type {any} */ event) => keepScript({ ...of, title: event.target.value })} /></div>
          <ol class="stack drafts">
            ${of.scenes.map((scene, index) => html`
              <${SceneCard} key=${scene.key} of=${of} index=${index} wrong=${index === wrong.value} />`)}
          </ol>
          <${Wrong} id="review-bad">${wrong.value >= 0 && t('rev.silent', wrong.value + 1)}</${Wrong}>
          <p><button type="button" class="btn plain" onClick=${() => keepScript(longer(of))}>
            <${Icon} name="plus" size="s" />${t('rev.add')}</button></p>
        </div>
        <aside class="compose-side"><${Bill} estimate=${estimate} trouble=${refused ?? trouble} busy=${busy} /></aside>
      </form>
    </main>`;
}
