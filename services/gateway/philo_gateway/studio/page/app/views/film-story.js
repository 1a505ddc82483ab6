// The history of a job, read again when it has grown, and not with every event of a burst.
import { useEffect, useSignal } from '../html.js';
import { get } from '../api.js';

const REST = 600; // milliseconds

/** @param {import('../job.js').Job | undefined} job */
export function useStory(job) {
  const lines = useSignal(/** @type {import('../parts/timeline.js').Line[]} */ ([]));
  useEffect(() => {
    if (!job) return undefined;
    const read = () =>
      get(`/jobs/${job.id}/history`).then(
        (found) => (lines.value = found),
        () => undefined, // what was read before still holds
      );
    const rest = setTimeout(read, lines.value.length ? REST : 0);
    return () => clearTimeout(rest);
  }, [job?.id, job?.version]);
  return lines.value;
}
