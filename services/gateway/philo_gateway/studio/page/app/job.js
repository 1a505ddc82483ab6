// A job as the server tells it, and what follows from it. Pure.

/** @typedef {'waiting' | 'working' | 'ready' | 'failed'} Step */
/** @typedef {{id: string, index: number, revision: number, status: string, voice: Step, picture: Step, drawn: Step,
 *   provider: string | null, title: string, narration: string, visual_prompt: string, language: string,
 *   speaker: string | null, duration: number | null, thumbnail_url: string | null, redraw_job_id: string | null}} Scene */
/** @typedef {{name: string, done: number, total: number, started_at: string | null, finished_at: string | null}} Stage */
/** @typedef {{revision: number, output_url: string | null, preview_url: string | null, signed_url: string | null,
 *   signed_preview_url: string | null, poster_url: string | null, subtitles: {srt: string, vtt: string} | null,
 *   duration: number | null, width: number | null, height: number | null, size_bytes: number | null}} Result */
/** @typedef {{id: string, kind: string, status: string, progress: number, version: number, title: string | null,
 *   prompt: string | null, script: string | null, language: string | null, config: any, parent_id: string | null,
 *   project_id: string | null,
 *   cost: {actual: string, reserved: string, estimated: string}, error: {code: string, message: string} | null,
 *   warnings: string[], stages: Stage[], scenes: Scene[], result: Result | null, generation_time_ms: number | null,
 *   moderation: {status: string, categories: string[]}, created_at: string, started_at: string | null,
 *   completed_at: string | null}} Job */
/** @typedef {'wait' | 'voice' | 'paint' | 'draw' | 'done' | 'redo' | 'fail'} Moment */

const UNDER_WAY = ['pending', 'queued', 'moderating', 'processing'];
const UNREAD = 6; // seconds that a scene is taken to last before it is spoken

/** @param {Job} job */
export const live = (job) => UNDER_WAY.includes(job.status);
/** @param {Job} job */
export const drawn = (job) => job.scenes.filter((scene) => scene.drawn === 'ready').length;
/** @param {Job} job */
export const redrawing = (job) => job.scenes.find((scene) => scene.status === 'redrawing');
/** @param {Scene} scene */
export const secondsOf = (scene) => scene.duration ?? UNREAD;

/** @param {Job} job */
export function nameOf(job) {
  const words = job.title ?? job.prompt ?? job.script ?? '';
  return words.length > 80 ? `${words.slice(0, 79).trimEnd()}…` : words;
}

/** What a scene is going through. @param {Scene} scene @returns {Moment} */
export function moment(scene) {
  if (scene.status === 'redrawing') return 'redo';
  if (scene.status === 'failed' || scene.picture === 'failed') return 'fail';
  if (scene.drawn === 'ready') return 'done';
  if (scene.drawn === 'working') return 'draw';
  if (scene.picture === 'working') return 'paint';
  return scene.voice === 'working' ? 'voice' : 'wait';
}

/**
 * A message may leave out words that have not changed: they are what they were.
 * @param {Job | undefined} known @param {any} told @returns {Job}
 */
export function joined(known, told) {
  if (!known) return told;
  const before = new Map(known.scenes.map((scene) => [scene.id, scene]));
  const scenes = told.scenes.map((/** @type {Scene} */ scene) => ({ ...before.get(scene.id), ...scene }));
  return { ...known, ...told, script: told.script ?? known.script, scenes };
}

/** @param {string} aspect such as 16:9 */
export const shapeOf = (aspect) => aspect.replace(':', ' / ');
