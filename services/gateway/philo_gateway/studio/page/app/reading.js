// A list or a thing that a view reads: what was read, what went wrong, and reading it again.
import { useEffect, useSignal } from './html.js';
import { get } from './api.js';
import { Problem } from './problem.js';
import { whenTold } from './telling.js';

/**
 * What is at `path`, read again when that changes, and when another window tells of a change.
 * @template T
 * @param {string} path
 * @param {import('./telling.js').Kind} [kind]
 * @returns {{value: T | null, trouble: Problem | null, again: () => Promise<void>, set: (value: T) => void}}
 */
export function useReading(path, kind) {
  const value = useSignal(/** @type {T | null} */ (null));
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  const again = async () => {
    try {
      value.value = await get(path);
      trouble.value = null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    }
  };
  useEffect(() => {
    again();
    return kind && whenTold(kind, again);
  }, [path]);
  return { value: value.value, trouble: trouble.value, again, set: (found) => (value.value = found) };
}

/** Something that is done on a click: whether it is under way, and what went wrong. */
export function useDoing() {
  const busy = useSignal(false);
  const trouble = useSignal(/** @type {Problem | null} */ (null));
  /** Not twice at once. @param {() => Promise<void>} work */
  const run = async (work) => {
    if (busy.value) return;
    busy.value = true;
    trouble.value = null;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble.value = error;
    } finally {
      busy.value = false;
    }
  };
  return { busy: busy.value, trouble: trouble.value, run };
}
