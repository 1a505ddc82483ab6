// Values that outlive a reload of this window, for what is written and not sent yet.
import { useEffect, useSignal } from './html.js';

/**
 * @template {object} T
 * @param {string} key
 * @param {T} plain What holds where nothing is kept.
 */
export function useKept(key, plain) {
  const value = useSignal(plain);
  useEffect(() => {
    const kept = sessionStorage.getItem(key);
    value.value = kept ? { ...plain, ...JSON.parse(kept) } : plain;
  }, [key, JSON.stringify(plain)]);
  /** @param {Partial<T>} change */
  const write = (change) => {
    value.value = { ...value.value, ...change };
    sessionStorage.setItem(key, JSON.stringify(value.value));
  };
  const drop = () => {
    sessionStorage.removeItem(key);
    value.value = plain;
  };
  return { value: value.value, write, drop };
}
