// Lists that the API gives in pages, newest first: how far each part of a list was read, and reading on.
import { signal } from '@preact/signals';
import { get } from './api.js';

/** @typedef {{cursor: string | null, last: string}} Place Where reading goes on, null at the end; the last id before. */

const PAGE = 100;
const TOP = '\uffff'; // comes after every id

/**
 * A list of which all can be read, or a part that has a name; the part '' is all of it.
 * @template T
 * @param {object} of
 * @param {(part: string) => string} of.pathOf
 * @param {(one: T) => string} of.idOf Ids grow with time.
 * @param {(one: T, part: string) => boolean} of.isIn
 * @param {() => T[]} of.held What was read before.
 * @param {(found: T[], gone: T[]) => void} of.keep `gone` were held and are there no more.
 */
export function paging({ pathOf, idOf, isIn, held, keep }) {
  const places = signal(/** @type {Record<string, Place>} */ ({}));
  let readers = 0;

  /** Null for somebody who has left meanwhile. `fresh`: whether there was one that was not known.
   * @param {string} part @param {Place} [after] @returns {Promise<Place & {fresh: boolean} | null>} */
  async function page(part, after) {
    const path = pathOf(part);
    const cursor = after?.cursor ? `&cursor=${encodeURIComponent(after.cursor)}` : '';
    const reader = readers;
    const before = held(); // what comes while this is asked is not gone because the answer does not know it
    const { items, next_cursor } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}${cursor}`);
    if (reader !== readers) return null;
    const last = next_cursor ? idOf(items.at(-1)) : '';
    const [known, found] = [new Set(before.map(idOf)), new Set(/** @type {string[]} */ (items.map(idOf)))];
    const between = (/** @type {string} */ id) => id < (after?.last ?? TOP) && id >= last;
    keep(items, before.filter((one) => isIn(one, part) && between(idOf(one)) && !found.has(idOf(one))));
    return { cursor: next_cursor, last, fresh: [...found].some((id) => !known.has(id)) };
  }

  /** @param {string} part @param {Place | null} place */
  const note = (part, place) => void (place && (places.value = { ...places.value, [part]: place }));

  /** The newest ones, and on as far as was read before. Throws `Problem`. */
  async function read(part = '') {
    const end = places.value[part]?.last ?? TOP;
    let place = await page(part);
    while (place?.cursor && place.last > end) place = await page(part, place);
    note(part, place);
  }

  /** Those that follow, until there is one that was not known. Throws `Problem`. */
  async function more(part = '') {
    let known = true;
    while (known && goesOn(part)) {
      const place = await page(part, places.value[part]);
      note(part, place);
      known = place ? !place.fresh : false;
    }
  }

  /** All that there are. Throws `Problem`. */
  async function every() {
    await read();
    while (goesOn()) await more();
  }

  /** Whether all of a part was read. */
  const isWhole = (part = '') => [part, ''].some((one) => places.value[one]?.cursor === null);
  /** Whether there is more to read of a part that was begun. */
  const goesOn = (part = '') => !isWhole(part) && Boolean(places.value[part]);
  const forget = () => {
    readers += 1;
    places.value = {};
  };
  return { read, more, every, isWhole, goesOn, forget };
}

/**
 * What `paging` asks of a list that a signal holds, newest first; null there until something was read.
 * @template T
 * @param {import('@preact/signals').Signal<T[] | null>} list
 * @param {(one: T) => string} idOf
 */
export const heldIn = (list, idOf) => ({
  idOf,
  held: () => list.value ?? [],
  keep: (/** @type {T[]} */ found, /** @type {T[]} */ gone = []) => {
    const ids = new Set([...found, ...gone].map(idOf));
    const others = (list.value ?? []).filter((one) => !ids.has(idOf(one)));
    list.value = [...others, ...found].sort((one, other) => (idOf(one) < idOf(other) ? 1 : -1));
  },
});
