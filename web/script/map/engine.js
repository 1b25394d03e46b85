// One MapLibre map with our worker, our fonts and a style of ours.
import * as maplibre from 'maplibre-gl';
import { lookOf, styleFor } from './style.js';

export { maplibre };

/** Opens a map in `container`. `state` is what the page said (kernel-ui/src/maps). */
export async function engine(container, state, more = {}) {
  maplibre.setWorkerUrl(state.worker);
  state.drawn = lookOf(state);
  const style = await styleFor(state);
  const [lon, lat, zoom] = state.place;
  const map = new maplibre.Map({
    container,
    style,
    center: [lon, lat],
    zoom,
    maxZoom: 20,
    attributionControl: false,
    fadeDuration: still() ? 0 : 200,
    pitchWithRotate: false,
    dragRotate: false,
    touchPitch: false,
    // A page that scrolls is not caught by its map.
    cooperativeGestures: false,
    reduceMotion: still(),
    ...more,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise((resolve, reject) => {
    map.once('load', resolve);
    // Tiles may fail later; without a style there is no map.
    map.once('error', ({ error }) => map.isStyleLoaded() === undefined && reject(error));
  });
  follow(map, state);
  return map;
}

/** Nothing moves by itself for whoever wants it so. */
export function still() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The map changes colours with the page. */
function follow(map, state) {
  for (const wish of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
    matchMedia(wish).addEventListener('change', () => recolour(map, state));
  }
}

/** The colours that are wished for now, if they are others than before. */
export async function recolour(map, state) {
  const look = lookOf(state);
  if (look === state.drawn) return;
  state.drawn = look;
  const style = await styleFor(state);
  if (look !== state.drawn) return;
  map.setStyle(style, { diff: true });
  state.marks?.();
}
