// What plays: the growing preview while the film is made, the film itself when it is done; and the clock of both.
import { useEffect, useRef, useSignal } from '../html.js';
import { get } from '../api.js';
import { lengthsOf, startOf, useParts } from './parts.js';

/** @typedef {import('../job.js').Job} Job */

const PATIENCE = 3_000; // milliseconds until a server that did not answer is asked again

/** Signed addresses are only in answers to a request, never in live messages. @param {Job} job */
function useSource(job) {
  const source = useSignal(/** @type {{url: string, growing: boolean} | null} */ (null));
  const result = job.result;
  const growing = !result?.output_url;
  const wanted = result && (result.output_url ?? result.preview_url);
  useEffect(() => {
    let current = true;
    let again = 0;
    const look = async () => {
      try {
        const { result: found } = await get(`/jobs/${job.id}`);
        const url = growing ? found?.signed_preview_url : found?.signed_url;
        if (current && url) source.value = { url, growing };
      } catch {
        if (current) again = window.setTimeout(look, PATIENCE); // the bar says already that nobody answers
      }
    };
    if (wanted) look();
    else source.value = null;
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [job.id, wanted, result?.revision]);
  return source;
}

/** Gives a <video> its source and takes it away again. @param {HTMLVideoElement} video
 * @param {{url: string, growing: boolean}} source */
function attach(video, { url, growing }) {
  if (!growing) {
    video.src = url;
    return () => undefined;
  }
  /** @type {any} */
  let hls = null;
  let gone = false;
  import('hls.js').then(({ default: Hls }) => {
    if (gone) return;
    if (!Hls.isSupported()) {
      video.src = url; // Safari on a phone plays it by itself
      return;
    }
    hls = new Hls({ startPosition: 0 });
    hls.loadSource(url);
    hls.attachMedia(video);
  });
  return () => {
    gone = true;
    hls?.destroy();
  };
}

/** Everything that the screen, the strip and the keys need of what plays. @param {Job} job */
export function usePlayback(job) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [now, playing, stuck, begun] = [useSignal(0), useSignal(false), useSignal(false), useSignal(false)];
  const source = useSource(job);
  const parts = useParts(job);
  const lengths = lengthsOf(job, parts);
  const ready = Boolean(source.value);
  const done = Boolean(job.result?.output_url);
  const total = done ? (job.result?.duration ?? 0) : lengths.reduce((sum, one) => sum + one, 0);
  const end = done ? total : startOf(lengths, parts.length);

  useEffect(() => {
    const element = video.current;
    if (!source.value || !element) return undefined;
    const [at, was] = [now.value, playing.value];
    const detach = attach(element, source.value);
    const goOn = () => {
      if (at) element.currentTime = at;
      if (was) element.play().catch(() => undefined); // the browser may want a gesture first
    };
    element.addEventListener('loadedmetadata', goOn, { once: true });
    return () => {
      element.removeEventListener('loadedmetadata', goOn);
      detach();
    };
  }, [source.value?.url, Boolean(video.current)]);

  const on = {
    onTimeUpdate: () => (now.value = video.current?.currentTime ?? 0),
    onPlay: () => {
      playing.value = true;
      begun.value = true;
    },
    onPause: () => (playing.value = false),
    onWaiting: () => (stuck.value = true),
    onPlaying: () => (stuck.value = false),
  };
  const seek = (/** @type {number} */ seconds) => {
    if (!video.current) return;
    const to = Math.min(Math.max(0, seconds), Math.max(0, end - 0.05));
    video.current.currentTime = to;
    now.value = to;
  };
  const toggle = () => {
    const element = video.current;
    if (!element) return;
    if (element.paused) element.play().catch(() => (playing.value = false));
    else element.pause();
  };
  return { video, now, playing, stuck, begun, on, seek, toggle, ready, lengths, total, watchable: parts.length };
}

/** @typedef {ReturnType<typeof usePlayback>} Playback */
