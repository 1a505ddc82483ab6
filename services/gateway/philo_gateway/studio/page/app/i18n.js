// Words by key; a word may be a function of its values. Dates, numbers and money come from Intl.
import { computed, effect, signal } from '@preact/signals';
import en from './words/en.js';
import zh from './words/zh.js';

const TABLES = { en, zh };
const KEPT = 'philo.lang';

function first() {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

/** @type {import('@preact/signals').Signal<'en' | 'zh'>} */
export const lang = signal(first());
effect(() => {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
  localStorage.setItem(KEPT, lang.value);
});

const locale = computed(() => (lang.value === 'zh' ? 'zh-CN' : 'en-GB'));

/** @typedef {keyof typeof en} Key */

/**
 * A word in the reader's language.
 * @param {Key} key
 * @param {...any} values
 * @returns {string}
 */
export function t(key, ...values) {
  /** @type {any} */
  const word = TABLES[lang.value][key] ?? en[key];
  return typeof word === 'function' ? word(...values) : word;
}

/**
 * The same for a key that is made of a code of the server's: undefined where there is no word for it.
 * @param {string} key
 * @param {...any} values
 * @returns {string | undefined}
 */
export function told(key, ...values) {
  return key in en ? t(/** @type {Key} */ (key), ...values) : undefined;
}

/** @param {number | string} amount US dollars. */
export function money(amount) {
  const value = Number(amount);
  const digits = value > 0 && value < 1 ? 3 : 2;
  const style = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' };
  const options = { ...style, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale.value, /** @type {any} */ (options)).format(value);
}

/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(value);

/** @param {string} moment RFC 3339. */
export function ago(moment) {
  const minutes = (Date.now() - Date.parse(moment)) / 60_000;
  const format = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' });
  if (minutes < 60) return format.format(-Math.round(minutes), 'minute');
  if (minutes < 1_440) return format.format(-Math.round(minutes / 60), 'hour');
  return format.format(-Math.round(minutes / 1_440), 'day');
}

/** Not broken over two lines. @param {string} moment RFC 3339. */
export const day = (moment) =>
  new Intl.DateTimeFormat(locale.value, { day: 'numeric', month: 'long', year: 'numeric' })
    .format(new Date(moment))
    .replaceAll(' ', '\u00a0');

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** @param {number} bytes */
export function size(bytes) {
  const mega = bytes / 1_000_000;
  return mega >= 1 ? `${number(mega)} MB` : `${Math.max(1, Math.round(bytes / 1_000))} KB`;
}

/** The name of a language in the reader's own. @param {string} tag BCP 47. */
export function tongue(tag) {
  try {
    return new Intl.DisplayNames([locale.value], { type: 'language' }).of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag; // a tag that this browser does not know
    throw error;
  }
}
