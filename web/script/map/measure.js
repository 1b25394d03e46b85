// Distance and area by corners: by clicks, or with the keyboard at the map's centre.
import { along, areaOf, distance } from './geodesic.js';
import { point } from './marks.js';
import { area, length } from './says.js';

export function measure(state) {
  const { map, find } = state;
  const button = (name) => find(`[data-map-do="${name}"]`);
  let kind = '';
  let corners = [];

  const draw = () => {
    const shapes = corners.map((at) => ({ geometry: point(at), size: 5 }));
    if (corners.length > 1) shapes.push({ geometry: { type: 'LineString', coordinates: corners } });
    if (kind === 'area' && corners.length > 2) shapes.push({ geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]]] } });
    state.mark('measure', shapes);
    state.say(corners.length < 2 ? state.words('measure') : told());
    button('undo').disabled = !corners.length;
  };
  const told = () => {
    if (kind === 'distance') return state.words('distance', length(along(corners), state.lang));
    const edge = along(corners) + distance(corners.at(-1), corners[0]);
    return state.words('area', area(areaOf(corners), state.lang), length(edge, state.lang));
  };
  const add = ({ lng, lat }) => {
    corners.push([lng, lat]);
    draw();
  };
  const begin = (which) => {
    kind = kind === which ? '' : which;
    corners = [];
    for (const name of ['distance', 'area']) button(name).setAttribute('aria-pressed', String(kind === name));
    for (const name of ['undo', 'stop']) button(name).hidden = !kind;
    if (kind) {
      map.doubleClickZoom.disable();
      draw();
      map.getCanvas().focus();
    } else {
      map.doubleClickZoom.enable();
      state.mark('measure');
      state.say('');
    }
  };

  state.measuring = () => Boolean(kind);
  for (const name of ['distance', 'area']) button(name).addEventListener('click', () => begin(name));
  button('stop').addEventListener('click', () => begin(kind));
  button('undo').addEventListener('click', () => (corners.pop(), draw()));
  for (const name of ['undo', 'stop']) button(name).hidden = true;
  for (const name of ['distance', 'area']) button(name).setAttribute('aria-pressed', 'false');
  map.on('click', ({ lngLat }) => kind && add(lngLat));
  map.getCanvas().addEventListener('keydown', (event) => {
    if (!kind) return;
    if (event.key === 'Enter') add(map.getCenter());
    else if (event.key === 'Backspace') (corners.pop(), draw());
    else if (event.key === 'Escape') begin(kind);
    else return;
    event.preventDefault();
  });
}
