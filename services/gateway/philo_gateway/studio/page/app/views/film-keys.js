// Single keys of the film's page. None while somebody types, none with a modifier.
import { useEffect } from '../html.js';
import { singleKeys, typing } from '../keys.js';
import { route, turn } from '../route.js';
import { sceneAt, startOf } from '../parts/parts.js';

const STEP = 5; // seconds

/** @param {{job: import('../job.js').Job, playback: import('../parts/playback.js').Playback, past: number | null, editing: number}} on */
export function useFilmKeys({ job, playback, past, editing }) {
  useEffect(() => {
    const { seek, toggle, now, lengths } = playback;
    const here = () => sceneAt(lengths, now.value);
    const timeline = route.value.search.get('tab') === 'events';
    /** @type {Record<string, () => void>} */
    const acts = {
      ' ': toggle,
      k: toggle,
      '[': () => seek(startOf(lengths, here() - 1)),
      ']': () => seek(startOf(lengths, here() + 1)),
      j: () => seek(now.value - STEP),
      l: () => seek(now.value + STEP),
      e: () => job.status === 'completed' && turn({ edit: here() + 1 }),
      t: () => turn({ tab: timeline ? 'scenes' : 'events' }),
    };
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (typing(event)) return;
      if (event.key === 'Escape') return void (past ? turn({ at: null }) : editing >= 0 && turn({ edit: null }));
      if (!singleKeys.value || (event.key === ' ' && event.target !== document.body)) return;
      const act = acts[event.key];
      if (!act || past) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
