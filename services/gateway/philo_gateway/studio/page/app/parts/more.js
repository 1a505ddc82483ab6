// The way on in a list that was read in part: a button, and words for those who cannot see that the list has grown.
import { html, useRef, useSignal } from '../html.js';
import { t } from '../i18n.js';
import { useDoing } from '../reading.js';
import { Trouble } from './trouble.js';

/**
 * The first one that is new gets the focus, so that who goes by keys need not go back to it.
 * @param {object} props
 * @param {string} props.list A selector of what is in the list.
 * @param {string} props.word
 * @param {() => boolean} props.goesOn Whether there is more.
 * @param {() => Promise<unknown>} props.onMore
 */
export function More({ list, word, goesOn, onMore }) {
  const said = useSignal('');
  const status = useRef(/** @type {HTMLElement | null} */ (null));
  const { busy, trouble, run } = useDoing();
  const there = () => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(list))];
  /** @param {Set<HTMLElement>} before What was there. */
  const arrive = (before) => {
    const now = there();
    said.value = t('more.told', now.length, !goesOn());
    const first = now.find((one) => !before.has(one)) ?? (goesOn() ? null : status.current);
    if (first) first.tabIndex = -1;
    first?.focus();
  };
  const press = () =>
    run(async () => {
      const before = new Set(there());
      await onMore();
      requestAnimationFrame(() => requestAnimationFrame(() => arrive(before)));
    });
  return html`
    <${Trouble} problem=${trouble} />
    <p class="sr" role="status" ref=${status}>${said.value}</p>
    ${goesOn() && html`
      <p class="center more-of"><button type="button" class="btn plain" aria-disabled=${busy} onClick=${press}>${word}</button></p>`}`;
}
