// How the film shall look: its look, its shape and size, its music and subtitles.
import { html, useEffect } from '../html.js';
import { askForLooks, looks } from '../catalogue.js';
import { t, told } from '../i18n.js';
import { Choice } from '../parts/choice.js';
import { OwnChoice } from '../parts/own.js';
import { want, wish } from './wish.js';

const SHAPES = /** @type {[string, import('../i18n.js').Key][]} */ ([
  ['16:9', 'new.s.wide'],
  ['9:16', 'new.s.tall'],
  ['1:1', 'new.s.square'],
]);
const SIZES = ['480p', '720p', '1080p'].map((one) => /** @type {[string, string]} */ ([one, one]));
const MOODS = ['auto', 'calm', 'happy', 'dramatic', 'epic', 'mysterious', 'none'];

export function Looks() {
  useEffect(() => void askForLooks(), []);
  return html`
    <fieldset>
      <legend class="section h2">${t('new.look')}</legend>
      <div class="looks">
        ${looks.value.map((look) => html`
          <label class="tile look" key=${look.id} title=${look.description}>
            <input type="radio" name="look" class="sr" checked=${wish.value.look === look.id}
              onChange=${() => want({ look: look.id })} />
            <span class="raster frame"><img src=${look.sample_url} alt="" /></span>
            <span>${told(`look.${look.id}`) ?? look.name}</span>
          </label>`)}
      </div>
    </fieldset>`;
}

export const Shapes = () => html`
  <fieldset>
    <legend class="section h2">${t('new.shape')}</legend>
    <div class="shapes">
      ${SHAPES.map(([key, word]) => html`
        <label class="tile shape" key=${key}>
          <input type="radio" name="shape" class="sr" checked=${wish.value.aspect === key}
            onChange=${() => want({ aspect: key })} />
          <i style=${{ aspectRatio: key.replace(':', '/') }} />
          <span>${t(word)}<small class="num faint">${key}</small></span>
        </label>`)}
    </div>
    <div class="sizes"><${Choice} label=${t('new.size')} value=${wish.value.resolution} options=${SIZES}
      onPick=${(/** @type {string} */ key) => want({ resolution: key })} /></div>
  </fieldset>`;

/** @param {{own: import('../parts/own.js').Own | null}} props */
const Music = ({ own }) => html`
  <label class="section h2" for="music">${t('new.music')}</label>
  <select id="music" class="input" value=${wish.value.music} disabled=${Boolean(own)}
    onChange=${(/** @type {any} */ event) => want({ music: event.target.value })}>
    ${MOODS.map((mood) => html`
      <option key=${mood} value=${mood} selected=${mood === wish.value.music}>${t(/** @type {any} */ (`new.m.${mood}`))}</option>`)}
  </select>
  <${OwnChoice} own=${own} word=${t('up.usemusic')} title=${t('up.ownmusic')} icon="music" sorts=${['audio']}
    onPick=${(/** @type {any} */ track) => want({ track })} />`;

const Subtitles = () => html`
  <label class="check">
    <input type="checkbox" checked=${wish.value.subtitles}
      onChange=${(/** @type {any} */ event) => want({ subtitles: event.target.checked })} />
    <span>${t('new.subs')}<small class="faint">${t('new.subson')}</small></span>
  </label>
  ${wish.value.subtitles && html`
    <${OwnChoice} own=${wish.value.font} word=${t('up.usefont')} title=${t('up.ownfont')} icon="type" sorts=${['font']}
      onPick=${(/** @type {any} */ font) => want({ font })} />`}`;

export const Sound = () => html`<div><${Music} own=${wish.value.track} /><${Subtitles} /></div>`;
