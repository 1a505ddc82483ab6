// Short words at the foot of the page, with something to do about them for a while.
import { signal } from '@preact/signals';

const LASTS = 6_000; // milliseconds

/** @typedef {{id: string, words: string, action?: {word: string, run: () => void}}} Toast */

/** @type {import('@preact/signals').Signal<Toast[]>} */
export const toasts = signal([]);

/** @param {string} id */
export function dismiss(id) {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** @param {string} words @param {Toast['action']} [action] @param {number} [lasts] */
export function say(words, action, lasts = LASTS) {
  const id = crypto.randomUUID();
  toasts.value = [...toasts.value, { id, words, action }];
  setTimeout(() => dismiss(id), lasts);
}
