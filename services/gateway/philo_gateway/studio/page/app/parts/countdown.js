// How long still: the server's figure, counted down between its messages.
import { signal, useEffect } from '../html.js';
import { due } from '../store.js';

const now = signal(Date.now());
let watching = 0;
let ticking = 0;

function watch() {
  watching += 1;
  if (watching === 1) ticking = window.setInterval(() => (now.value = Date.now()), 1000);
  return () => {
    watching -= 1;
    if (!watching) clearInterval(ticking);
  };
}

/** Seconds until a job is done; undefined where nobody knows, or where it should have been done by now.
 * @param {string} job */
export function useLeft(job) {
  useEffect(watch, []);
  const left = ((due.value[job] ?? 0) - now.value) / 1000;
  return left > 0.5 ? left : undefined;
}
