// The HTTP surface, to be tried out.
const { SwaggerUIBundle } = /** @type {any} */ (window);

SwaggerUIBundle({
  url: document.querySelector('a[href$="openapi.json"]')?.getAttribute('href'),
  dom_id: '#here',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  syntaxHighlight: { activated: true },
  validatorUrl: null, // nobody else is asked what they think of it
});
