// One scene's frame in each of its moments: waiting, being painted, being drawn, done, broken.
import { html } from '../html.js';
import { t } from '../i18n.js';
import { moment } from '../job.js';
import { usePicture } from '../pictures.js';
import { Icon } from './icon.js';

const LOOK = { wait: 'wait', voice: 'wait', paint: 'wait work', draw: 'work', redo: 'work', done: '', fail: 'broken' };

/** @param {import('../job.js').Scene} scene */
export const momentWord = (scene) => t(/** @type {any} */ (`sc.s.${moment(scene)}`));

/** @param {{scene: import('../job.js').Scene, still?: boolean, children?: any}} props `still`: nothing moves. */
export function ScenePicture({ scene, still, children }) {
  const now = moment(scene);
  const src = usePicture(scene.thumbnail_url, scene.revision);
  const look = still ? LOOK[now].replace('work', '') : LOOK[now];
  return html`
    <div class=${`raster frame ${src || now === 'fail' ? look : `wait ${look}`}`}>
      ${src && html`<img src=${src} key=${src} class=${now === 'done' ? '' : 'fresh'} alt="" />`}
      ${now === 'fail' && !src && html`<${Icon} name="triangle-alert" />`}
      ${children}
    </div>`;
}

/** The picture of a whole film. @param {{job: import('../job.js').Job, children?: any}} props */
export function Poster({ job, children }) {
  const first = job.scenes.find((scene) => scene.thumbnail_url);
  const src = usePicture(job.result?.poster_url ?? first?.thumbnail_url, job.result?.revision ?? 0);
  return html`<div class=${`raster frame ${src ? '' : 'wait'}`}>${src && html`<img src=${src} alt="" />`}${children}</div>`;
}
