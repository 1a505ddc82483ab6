// For those who write programs: keys to come in with, and webhooks to be told by.
import { html } from '../html.js';
import { t } from '../i18n.js';
import { route } from '../route.js';
import { Keys } from './keys.js';
import { Webhook } from './webhook.js';
import { Webhooks } from './webhooks.js';

const PLACES = /** @type {[string, import('../i18n.js').Key][]} */ ([
  ['', 'nav.keys'],
  ['webhooks', 'nav.hooks'],
]);

export function Developers() {
  const [, place = '', one] = route.value.parts;
  if (one) return html`<${Webhook} key=${one} id=${one} />`;
  return html`
    <main id="main" class="page plain-page">
      <header class="page-head"><div><h1 tabindex="-1">${t('nav.build')}</h1><p class="quiet">${t('key.sub')}${' '}
        <a class="link" href="/docs">${t('key.docs')}</a></p></div></header>
      <nav class="tabs" aria-label=${t('nav.build')}>
        ${PLACES.map(([path, word]) => html`
          <a key=${path} href=${`#/developers${path && `/${path}`}`}
            aria-current=${path === place ? 'page' : undefined}>${t(word)}</a>`)}
      </nav>
      ${place === 'webhooks' ? html`<${Webhooks} />` : html`<${Keys} />`}
    </main>`;
}
