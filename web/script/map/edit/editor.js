// The editor: a map to draw on, the form beside it, and the shape as text, which all agree.
import { engine } from '../engine.js';
import { fresh } from '../fresh.js';
import { words } from '../says.js';
import { drawing } from './drawing.js';
import { keep } from './keep.js';

export async function open(root) {
  const state = JSON.parse(root.dataset.mapEdit);
  state.root = root;
  state.find = (what) => root.querySelector(what);
  state.words = words(state.says);
  state.say = (text) => (state.find('[data-map-said]').textContent = text);
  state.layer = state.layers[0];
  state.layer.shown = true;

  const stage = state.find('[data-map-stage]');
  stage.hidden = false;
  const place = document.createElement('div');
  place.dataset.mapEngine = '';
  state.find('[data-map-canvas]').append(place);
  try {
    state.map = await engine(place, state, { locale: { 'Map.Title': state.words('ready') } });
  } catch (error) {
    stage.hidden = true;
    throw error;
  }
  state.find('[data-edit-shape]').open = false;
  drawing(state);
  keep(state);
  fresh(state);
  root.dataset.ready = '';
  root.map = state.map;
  root.draw = state.draw;
}
