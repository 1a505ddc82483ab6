// One live connection for all windows of a browser: a server is asked by few connections at once, and each window
// would take one for good. The window that holds the lock follows the stream and tells the others.
import { effect } from '@preact/signals';
import { follow, link } from './stream.js';

const SILENCE = 60_000; // milliseconds without a word, after which a visible window does not wait for the leader
const LOOK = 10_000;

/**
 * Follow until the returned function is called.
 * @param {string} user Whose stream it is.
 * @param {(message: any) => void} receive
 * @param {() => void} begun The stream begins now: read again what may have happened before.
 */
export function followTogether(user, receive, begun) {
  const name = `philo.stream.${user}`;
  const channel = new BroadcastChannel(name);
  const ending = new AbortController();
  let last = '';
  let heard = Date.now();
  let place = new AbortController();
  let leave = () => {};
  let leading = false;

  const take = (/** @type {any} */ message) => {
    heard = Date.now();
    last = message.id ?? last;
    receive(message);
  };
  channel.onmessage = ({ data }) => {
    if (data.link) link.value = data.link;
    else take(data.message);
  };

  /** Leads until the end, or until another window has taken the lock. */
  const lead = () =>
    new Promise((/** @type {(value?: unknown) => void} */ over) => {
      const tell = (/** @type {any} */ message) => {
        take(message);
        channel.postMessage({ message });
      };
      const stop = follow({ from: last, receive: tell, begun });
      const silent = effect(() => channel.postMessage({ link: link.value }));
      leading = true;
      leave = () => {
        leading = false;
        leave = () => {};
        silent();
        stop();
        over();
      };
      if (ending.signal.aborted) leave();
    });

  /** Waits for its turn, or takes it. @param {boolean} steal */
  async function queue(steal) {
    const own = (place = new AbortController());
    try {
      await navigator.locks.request(name, steal ? { steal } : { signal: own.signal }, lead);
    } catch {
      if (ending.signal.aborted || own !== place) return;
      leave(); // robbed by a window that had heard nothing
      queue(false);
    }
  }
  const looking = setInterval(() => {
    if (leading || document.hidden || Date.now() - heard < SILENCE) return;
    heard = Date.now();
    place.abort();
    queue(true);
  }, LOOK);
  queue(false);
  return () => {
    ending.abort();
    place.abort();
    clearInterval(looking);
    leave();
    channel.close();
  };
}
