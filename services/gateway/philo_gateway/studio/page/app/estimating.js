// What something would cost and how long it would take, asked of the server at every rest in typing.
import { useEffect, useSignal } from './html.js';
import { post } from './api.js';
import { Problem } from './problem.js';

const PAUSE = 400; // milliseconds of rest in typing

/** @typedef {{cost: {estimated: string, free: boolean}, duration: number, scenes: number, first_scene_seconds: number,
 *   eta_seconds: number}} Estimate */

/** @param {string} path @param {object | null} wish Null where there is nothing to ask about yet. */
export function useEstimate(path, wish) {
  const [estimate, trouble] = [useSignal(/** @type {Estimate | null} */ (null)), useSignal(/** @type {Problem | null} */ (null))];
  const told = JSON.stringify(wish);
  useEffect(() => {
    if (!wish) {
      estimate.value = trouble.value = null;
      return undefined;
    }
    const asking = new AbortController();
    const reckon = async () => {
      try {
        estimate.value = await post(path, JSON.parse(told), { signal: asking.signal });
        trouble.value = null;
      } catch (error) {
        if (asking.signal.aborted) return;
        trouble.value = error instanceof Problem ? error : null;
      }
    };
    const rest = setTimeout(reckon, PAUSE);
    return () => {
      clearTimeout(rest);
      asking.abort();
    };
  }, [path, told]);
  return { estimate: estimate.value, trouble: trouble.value };
}
