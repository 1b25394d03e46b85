// The map page in place: what the form and the links do by loading a page, this does by moving the map.
import * as address from './address.js';
import { choices } from './choices.js';
import { engine } from './engine.js';
import { fresh } from './fresh.js';
import { list } from './list.js';
import { marks } from './marks.js';
import { measure } from './measure.js';
import { panel } from './panel.js';
import { words } from './says.js';
import { apply } from './style.js';
import { tools } from './tools.js';

export async function open(root) {
  const state = JSON.parse(root.dataset.map);
  state.root = root;
  state.find = (what) => root.querySelector(what);
  state.all = (what) => root.querySelectorAll(what);
  state.words = words(state.says);
  state.say = (text) => (state.find('[data-map-said]').textContent = text);

  const place = document.createElement('div');
  place.dataset.mapEngine = '';
  state.find('[data-map-canvas]').append(place);
  let map;
  try {
    map = await engine(place, state, { locale: { 'Map.Title': state.words('ready') } });
  } catch (error) {
    place.remove();
    state.say(state.words('lost'));
    throw error;
  }
  state.map = map;
  root.dataset.live = '';
  for (const live of state.all('[data-map-live]')) live.hidden = false;

  wheel(map);
  marks(state);
  panel(state);
  list(state);
  measure(state);
  choices(state);
  tools(state);
  fresh(state);
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter();
    state.place = [lng, lat, map.getZoom()];
    address.write(root, state);
    state.list();
  });
  if (!root.hasAttribute('data-embedded')) state.list();
  root.dataset.ready = '';
  // For whoever tests this page.
  root.map = map;
}

/** Layers or days were chosen anew: what is drawn, linked, listed and listened to follows. */
export function changed(state) {
  apply(state.map.getStyle().layers, state, state.map);
  address.write(state.root, state);
  state.list();
  state.listen();
}

/** The page scrolls over the map until somebody has turned to the map. */
function wheel(map) {
  const canvas = map.getCanvas();
  map.scrollZoom.disable();
  canvas.addEventListener('focus', () => map.scrollZoom.enable());
  canvas.addEventListener('blur', () => map.scrollZoom.disable());
}
