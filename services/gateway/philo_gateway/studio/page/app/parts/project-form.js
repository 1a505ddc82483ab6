// A project's name and what it is about: for a new one, and for one that is changed.
import { html, useSignal } from '../html.js';
import { t } from '../i18n.js';
import { useDoing } from '../reading.js';
import { Dialog } from './dialog.js';
import { Trouble, Wrong } from './trouble.js';

/** @typedef {import('../projects.js').ProjectWish} ProjectWish */

/** @param {{title: string, act: string, project?: ProjectWish, onSend: (wish: ProjectWish) => Promise<void>,
 *   onClose: () => void, children?: any}} props */
export function ProjectForm({ title, act, project, onSend, onClose, children }) {
  const wrong = useSignal('');
  const { busy, trouble, run } = useDoing();
  const send = (/** @type {any} */ event) => {
    event.preventDefault();
    const form = event.target;
    const sent = new FormData(form);
    const [name, description] = ['name', 'description'].map((field) => String(sent.get(field)).trim());
    wrong.value = name ? '' : t('pro.noname');
    if (wrong.value) return;
    run(async () => {
      await onSend({ name, description });
      form.closest('dialog')?.close();
    });
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form class="fork" onSubmit=${send} novalidate>
        <div class="field"><label for="project-name">${t('pro.name')}</label>
          <input id="project-name" name="name" class="input" maxlength="200" autocomplete="off" value=${project?.name ?? ''}
            aria-describedby="project-bad" aria-invalid=${Boolean(wrong.value)} /></div>
        <div class="field"><label for="project-about">${t('pro.about')}</label>
          <textarea id="project-about" name="description" class="input" rows="3" maxlength="2000"
            value=${project?.description ?? ''} /></div>
        <${Wrong} id="project-bad">${wrong.value}</${Wrong}>
        <${Trouble} problem=${trouble} />
        <div class="between">${children ?? html`<span />`}<button class="btn main" aria-disabled=${busy}>${act}</button></div>
      </form>
    </${Dialog}>`;
}
