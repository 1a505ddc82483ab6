// What shall be otherwise in another version of a film: as it is chosen, and as the server takes it.

/** @typedef {{aspect: string, style: string, voice: string, language: string}} ForkWish */
/** @typedef {import('./job.js').Job} Job */

/** @param {string} tag BCP 47. */
const base = (tag) => tag.split('-')[0];

/** What a film is, for a beginning in another shape. @param {Job} job @returns {ForkWish} */
export const forkOf = (job) => ({
  aspect: job.config.aspect === '16:9' ? '9:16' : '16:9',
  style: job.config.style,
  voice: job.config.voice ?? '',
  language: base(job.language ?? 'en'),
});

/** Whether its words have to be written anew. @param {Job} job @param {ForkWish} wish */
export const translated = (job, wish) => base(wish.language) !== base(job.language ?? 'en');

/** The `config` of a fork. @param {Job} job @param {ForkWish} wish */
export const configOf = (job, wish) => ({
  aspect: wish.aspect,
  style: wish.style,
  ...(translated(job, wish) ? { language: wish.language } : {}),
  ...(wish.voice ? { voice: wish.voice } : {}),
});

/** A fork as it is in the address. @param {URLSearchParams} search @param {Job} job @returns {ForkWish} */
export function fromSearch(search, job) {
  const plain = forkOf(job);
  const names = /** @type {(keyof ForkWish)[]} */ (Object.keys(plain));
  return /** @type {ForkWish} */ (Object.fromEntries(names.map((name) => [name, search.get(name) ?? plain[name]])));
}
