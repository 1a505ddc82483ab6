// Subtitles of a film that has none burnt in: words that are seen twice help nobody.
import { useEffect, useSignal } from '../html.js';
import { ask } from '../api.js';

/** @param {import('../job.js').Job} job */
export function useSubtitles(job) {
  const url = useSignal('');
  const shown = useSignal(true);
  const path = job.config.subtitles?.burn_in ? null : job.result?.subtitles?.vtt;
  useEffect(() => {
    let made = '';
    let current = true;
    const fetched = async (/** @type {string} */ from) => (await ask('GET', from, { accept: 'text/vtt' })).blob();
    if (path)
      fetched(path).then(
        (blob) => current && (url.value = made = URL.createObjectURL(blob)),
        () => undefined, // the film plays without them
      );
    return () => {
      current = false;
      URL.revokeObjectURL(made);
      url.value = '';
    };
  }, [path, job.result?.revision]);
  return { url: url.value, shown: shown.value, toggle: () => (shown.value = !shown.value) };
}
