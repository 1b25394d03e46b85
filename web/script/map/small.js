// The small map of a location picker: a click, or Enter at the centre, chooses.
import { engine, still } from './engine.js';
import { marks, point } from './marks.js';

export async function small(container, state, named) {
  const [west, south, east, north] = state.bounds;
  const at = state.at();
  const view = { ...state, layers: [], days: ['', ''], look: 'auto', place: at ? [...at, 15] : [(west + east) / 2, (south + north) / 2, 10] };
  const map = await engine(container, view, { locale: { 'Map.Title': state.words('ready') } });
  view.map = map;
  marks(view);
  if (!at) map.fitBounds([[west, south], [east, north]], { duration: 0, padding: 8 });
  state.moved = (place) => {
    view.mark('chosen', place ? [{ geometry: point(place), size: 9 }] : []);
    if (place) map.easeTo({ center: place, zoom: Math.max(map.getZoom(), 14), duration: still() ? 0 : 300 });
  };
  if (at) state.moved(at);
  const choose = async ({ lng, lat }) => state.choose([lng, lat], await named([lng, lat]));
  map.on('click', ({ lngLat }) => choose(lngLat));
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    choose(map.getCenter());
  });
  container.map = map;
  return map;
}
