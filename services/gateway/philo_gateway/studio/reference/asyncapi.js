// The facts that services tell each other, to be read: topics, their facts, and the shape of each.

/** @typedef {{type?: string, $ref?: string, anyOf?: Schema[], allOf?: Schema[], items?: Schema, enum?: string[], const?: string,
 *   properties?: Record<string, Schema>, required?: string[], description?: string, format?: string}} Schema */

const address = document.querySelector('a[href$="asyncapi.json"]')?.getAttribute('href') ?? '';
const here = /** @type {HTMLElement} */ (document.getElementById('here'));

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node | string)} children */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const nameOf = (/** @type {string} */ reference) => reference.split('/').at(-1) ?? '';

/** What a field holds, in a few words. @param {Schema} schema @returns {string} */
function kind(schema) {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(kind).join(' | ');
  if (schema.items) return `${kind(schema.items)}[]`;
  return schema.format ?? schema.type ?? 'anything';
}

/** @param {Schema} schema */
function fields(schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const needed = schema.required?.includes(name) ? 'needed' : '';
    const words = field.description ?? '';
    return element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, element('code', {}, kind(field))),
      element('td', {}, [needed, words].filter(Boolean).join('. ')));
  });
  return element('div', { class: 'scroll', tabindex: '0' }, element('table', {}, element('tbody', {}, ...rows)));
}

/** @param {string} name @param {Schema} schema */
function shape(name, schema) {
  const words = schema.description ? [element('p', {}, schema.description)] : [];
  return element('details', { id: name }, element('summary', {}, name), ...words, fields(schema));
}

/** @param {any} told */
function show(told) {
  const { schemas, messages } = told.components;
  here.append(element('h1', {}, told.info.title), element('p', { class: 'lead' }, told.info.description));
  const facts = new Set(Object.keys(messages));
  for (const channel of Object.values(told.channels)) {
    here.append(element('h2', {}, element('code', {}, channel.address)));
    if (channel.description) here.append(element('p', {}, channel.description));
    for (const name of Object.keys(channel.messages ?? {})) here.append(shape(name, schemas[name] ?? {}));
  }
  here.append(element('h2', {}, 'Shapes'));
  const others = Object.entries(schemas).filter(([name]) => !facts.has(name));
  here.append(...others.map(([name, schema]) => shape(name, schema)));
}

const answer = await fetch(address);
if (answer.ok) show(await answer.json());
else here.append(element('p', { role: 'alert' }, 'The document could not be read. Load the page again.'));
