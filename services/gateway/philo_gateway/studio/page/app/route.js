// Which view is on: the address after the #. `/videos/<id>?at=26&edit=2` has parts and a search.
import { signal } from '@preact/signals';

function parse() {
  const [path, search] = location.hash.slice(1).split('?');
  return { parts: (path ?? '').split('/').filter(Boolean), search: new URLSearchParams(search) };
}

export const route = signal(parse());
addEventListener('hashchange', () => {
  route.value = parse();
});

/** @param {string} path */
export function go(path) {
  location.hash = path;
}

/** Change the search and stay where you are; null takes a name out. @param {Record<string, string | number | null>} change */
export function turn(change) {
  const search = new URLSearchParams(route.value.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) search.delete(name);
    else search.set(name, String(value));
  }
  const told = search.toString();
  go(`/${route.value.parts.join('/')}${told ? `?${told}` : ''}`);
}
