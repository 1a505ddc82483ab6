// Windows of one browser tell each other that something of a kind has changed: then each reads it again.
const channel = new BroadcastChannel('philo.changed');

/** @typedef {'projects' | 'assets' | 'webhooks' | 'keys' | 'scripts'} Kind */

/** @type {Map<Kind, Set<() => void>>} */
const listening = new Map();

channel.onmessage = ({ data }) => listening.get(data)?.forEach((read) => read());

/** This window changed something. @param {Kind} kind */
export const tell = (kind) => channel.postMessage(kind);

/** Call `read` whenever another window has changed something of this kind. Returns what ends that.
 * @param {Kind} kind @param {() => void} read */
export function whenTold(kind, read) {
  const all = listening.get(kind) ?? new Set();
  listening.set(kind, all.add(read));
  return () => void all.delete(read);
}
