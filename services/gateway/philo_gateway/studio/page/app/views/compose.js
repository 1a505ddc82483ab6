// A new film: the words, how it shall look and sound, and what that takes.
import { html, useEffect, useSignal } from '../html.js';
import { post } from '../api.js';
import { useEstimate } from '../estimating.js';
import { t } from '../i18n.js';
import { Problem } from '../problem.js';
import { projectPages, projects } from '../projects.js';
import { useDoing } from '../reading.js';
import { readIntoScenes } from '../script.js';
import { go, route } from '../route.js';
import { expect, receive } from '../store.js';
import { Choice } from '../parts/choice.js';
import { Icon } from '../parts/icon.js';
import { Wrong } from '../parts/trouble.js';
import { Bill } from './compose-bill.js';
import { Looks, Shapes, Sound } from './compose-choices.js';
import { Voices } from './compose-voices.js';
import { requestOf, textOf, want, wish, wordsIn } from './wish.js';

/** Which project it belongs to, where there are any. */
function InProject() {
  useEffect(() => void projectPages.every().catch(() => undefined), []); // a film needs none
  const all = projects.value ?? [];
  if (!all.length) return null;
  return html`
    <span class="row in-project">
      <label class="small quiet" for="project">${t('pro.in')}</label>
      <select id="project" class="input small-input" value=${wish.value.project}
        onChange=${(/** @type {any} */ event) => want({ project: event.target.value })}>
        <option value="">${t('pro.out')}</option>
        ${all.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === wish.value.project}>${one.name}</option>`)}
      </select>
    </span>`;
}

/** @param {{wrong: boolean, onWrite: () => void}} props */
function Paper({ wrong, onWrite }) {
  const { from, script, idea } = wish.value;
  const sources = /** @type {[string, string, string][]} */ ([
    ['script', t('new.script'), 'file-text'],
    ['idea', t('new.idea'), 'wand-sparkles'],
  ]);
  const write = (/** @type {any} */ event) => {
    want(from === 'script' ? { script: event.target.value } : { idea: event.target.value });
    onWrite();
  };
  return html`
    <section class="card paper">
      <div class="between paper-head">
        <${Choice} label=${t('new.title')} value=${from} options=${sources}
          onPick=${(/** @type {any} */ key) => want({ from: key })} />
        <${InProject} />
      </div>
      <label class="sr" for="text">${t(from === 'idea' ? 'new.idea' : 'new.script')}</label>
      <textarea id="text" class="spoken" rows=${from === 'idea' ? 4 : 10} value=${from === 'idea' ? idea : script} onInput=${write}
        placeholder=${t(from === 'idea' ? 'new.ideaplace' : 'new.place')} aria-invalid=${wrong} aria-describedby="text-hint text-bad" />
      <div class="paper-foot small">
        <span class="faint grow" id="text-hint">${t(from === 'idea' ? 'new.ideahint' : 'new.scripthint')}</span>
        <span class="num quiet">${t('new.count', wordsIn(from === 'idea' ? idea : script))}</span>
      </div>
    </section>
    <${Wrong} id="text-bad">${wrong && t('new.empty')}</${Wrong}>`;
}

export function Compose() {
  const [wrong, busy] = [useSignal(false), useSignal(false)];
  const refused = useSignal(/** @type {Problem | null} */ (null));
  const { estimate, trouble } = useEstimate('/jobs/estimate', textOf(wish.value) ? requestOf(wish.value) : null);
  const reading = useDoing();
  useEffect(() => {
    const { search } = route.value;
    if (search.has('sample')) want({ from: 'script', script: t('new.sample') });
    if (search.has('project')) want({ project: search.get('project') ?? '' });
  }, []);

  const written = () => {
    wrong.value = !textOf(wish.value);
    if (wrong.value) document.getElementById('text')?.focus();
    return !wrong.value;
  };
  const look = () =>
    written() &&
    reading.run(async () => {
      await readIntoScenes(textOf(wish.value), wish.value.language);
      go('/review');
    });
  const make = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.value || !written()) return;
    busy.value = true;
    refused.value = null;
    try {
      const job = await post('/jobs', requestOf(wish.value));
      receive(job);
      if (estimate) expect(job.id, estimate.eta_seconds);
      want({ script: '', idea: '' });
      go(`/videos/${job.id}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused.value = error;
    } finally {
      busy.value = false;
    }
  };
  return html`
    <main id="main" class="page">
      <form class="compose" onSubmit=${make}>
        <div class="compose-main">
          <header class="page-head"><h1 tabindex="-1">${t('new.title')}</h1></header>
          <${Paper} wrong=${wrong.value} onWrite=${() => (wrong.value = false)} />
          <${Looks} />
          <${Voices} />
          <div class="duo"><${Shapes} /><${Sound} /></div>
        </div>
        <aside class="compose-side">
          <${Bill} estimate=${estimate} trouble=${refused.value ?? reading.trouble ?? trouble} busy=${busy.value}>
            ${wish.value.from === 'script' && html`
              <button type="button" class="btn plain wide" aria-disabled=${reading.busy} onClick=${look}>
                <${Icon} name="eye" size="s" />${t('rev.look')}</button>`}
          </${Bill}>
        </aside>
      </form>
    </main>`;
}
