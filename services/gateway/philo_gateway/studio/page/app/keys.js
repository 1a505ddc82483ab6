// Whether single keys do anything (WCAG 2.1.4), and when somebody types.
import { signal } from '@preact/signals';

const KEPT = 'philo.keys';

export const singleKeys = signal(localStorage.getItem(KEPT) !== 'off');

/** @param {boolean} on */
export function allowKeys(on) {
  singleKeys.value = on;
  localStorage.setItem(KEPT, on ? 'on' : 'off');
}

/** @param {KeyboardEvent} event */
export function typing(event) {
  const target = /** @type {Element | null} */ (event.target);
  const field = target?.closest?.('input:not([type="range"]):not([type="radio"]),textarea,select,dialog');
  return Boolean(field) || event.metaKey || event.ctrlKey || event.altKey;
}
