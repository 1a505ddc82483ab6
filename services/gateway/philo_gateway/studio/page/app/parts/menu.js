// A native popover, placed under its button.
import { html, useId, useRef } from '../html.js';
import { Icon } from './icon.js';

const MARGIN = 12; // pixels to the edge of the window

/** @param {{label: string, icon?: string, kind?: string, text?: string, children?: any}} props */
export function Menu({ label, icon, children, kind = 'bare square', text }) {
  const id = useId().replace(/:/g, '');
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const menu = useRef(/** @type {HTMLDivElement | null} */ (null));

  const place = (/** @type {any} */ event) => {
    if (event.newState !== 'open' || !button.current || !menu.current) return;
    const at = button.current.getBoundingClientRect();
    const wide = menu.current.offsetWidth;
    menu.current.style.top = `${at.bottom}px`;
    menu.current.style.left = `${Math.max(MARGIN, Math.min(at.right - wide, innerWidth - wide - MARGIN))}px`;
  };
  const closeOn = (/** @type {any} */ event) => event.target.closest('a,button') && menu.current?.hidePopover();

  return html`
    <button ref=${button} type="button" class=${`btn ${kind}`} popovertarget=${id}
      aria-label=${text ? undefined : label} title=${text ? undefined : label}>
      ${icon && html`<${Icon} name=${icon} />`}${text}
    </button>
    <div ref=${menu} id=${id} class="menu" popover="auto" onToggle=${place} onClick=${closeOn}>${children}</div>`;
}
