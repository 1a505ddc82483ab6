// The HTTP surface, to be read.
const { Redoc } = /** @type {any} */ (window);

const theme = {
  colors: { primary: { main: '#0b6b4f' } },
  typography: { fontFamily: 'Geist, system-ui, sans-serif', headings: { fontFamily: 'Geist, system-ui, sans-serif' } },
};
const address = document.querySelector('a[href$="openapi.json"]')?.getAttribute('href');
Redoc.init(address, { disableSearch: true, hideDownloadButton: true, nativeScrollbars: true, theme }, document.getElementById('here'));
