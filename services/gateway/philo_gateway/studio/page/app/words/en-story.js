// English words of what happens to a film, and of what goes wrong.

/** @param {number} count @param {string} one @param {string} many */
const n = (count, one, many) => `${count} ${count === 1 ? one : many}`;
/** @param {any} v */
const by = (v) => (v.provider ? ` (${v.provider})` : '');

export default {
  'problem.other': 'That did not work',
  'problem.again': 'Try again in a moment.',
  'problem.unreached': 'The server does not answer',
  'problem.request': (/** @type {string} */ id) => `Request ${id}`,
  'problem.not-found': 'There is nothing here',
  'problem.too-many-requests': 'That was too often',
  'problem.budget-exceeded': 'This costs more than is left of your budget',
  'problem.quota-exceeded': 'This is more than is left of your minutes this month',
  'problem.tier-too-low': 'Your tier does not include this',
  'problem.queue-full': 'Too many of your films are waiting',
  'problem.precondition-failed': 'Somebody changed this meanwhile',
  'problem.invalid-request': 'Something in it cannot be taken as it is',
  'problem.service-unavailable': 'A part that is needed is away',
  'fault.took_too_long': 'This took too long and was given up',

  'ev.job_requested': () => 'Asked for',
  'ev.job_queued': () => 'In the queue',
  'ev.job_moderating': () => 'Reading the words before anything is drawn',
  'ev.job_refused': (/** @type {any} */ v) => `Refused: ${v.reason ?? ''}`,
  'ev.moderation_overruled': () => 'A person looked at it and let it pass',
  'ev.moderation_upheld': () => 'A person looked at it and it stays refused',
  'ev.job_started': () => 'Nothing to object to',
  'ev.job_planned': (/** @type {any} */ v) => `The script is read: ${n(v.scenes ?? 0, 'scene', 'scenes')}`,
  'ev.scene_voiced': (/** @type {any} */ v) => `Scene ${v.scene} is spoken, ${Number(v.duration).toFixed(1)} s${by(v)}`,
  'ev.scene_painted': (/** @type {any} */ v) => `Scene ${v.scene} has its picture${by(v)}`,
  'ev.scene_progressed': (/** @type {any} */ v) => `Scene ${v.scene}: ${v.done} of ${v.total} pictures drawn`,
  'ev.scene_drawn': (/** @type {any} */ v) => `Scene ${v.scene} is drawn`,
  'ev.preview_grew': (/** @type {any} */ v) => `Scene ${v.scene} can be watched`,
  'ev.music_added': () => 'Music is composed',
  'ev.job_completed': (/** @type {any} */ v) => `Ready: ${Math.round(v.duration)} s, ${v.width} × ${v.height}`,
  'ev.job_failed': (/** @type {any} */ v) => `Failed: ${v.reason ?? ''}`,
  'ev.job_retried': (/** @type {any} */ v) => `Tried once more, for the ${v.attempt}. time`,
  'ev.deadline_reached': () => 'It took too long',
  'ev.job_cancelled': () => 'Stopped',
  'ev.cost_recorded': () => 'Costs are settled',
  'ev.scene_redraw_started': (/** @type {any} */ v) => `You changed scene ${v.scene}`,
  'ev.scene_redraw_abandoned': (/** @type {any} */ v) => `The change of scene ${v.scene} was given up`,
  'ev.film_revised': () => 'Ready again, with the change in it',
};
