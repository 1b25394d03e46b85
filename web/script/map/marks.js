// What is drawn over everything: the thing that was chosen, the one that is pointed at, a measure, the reader's place.
import { empty } from './style.js';

export function marks(state) {
  const kept = {};
  const draw = () => {
    const features = Object.values(kept).flat().map(({ geometry, size }) => ({ type: 'Feature', geometry, properties: size ? { size } : {} }));
    state.map.getSource('map-own')?.setData({ ...empty(), features });
  };
  /** `state.mark('chosen', [{geometry}])`; without the second, it goes away. `state.marks()` draws again. */
  state.mark = (name, shapes = []) => {
    kept[name] = shapes;
    draw();
  };
  state.marks = () => state.map.once('styledata', draw);
}

export const point = (at) => ({ type: 'Point', coordinates: at });

/** A circle on the ground, metres. */
export function circle([lon, lat], metres) {
  const north = metres / 110574;
  const east = metres / (111320 * Math.cos((lat * Math.PI) / 180));
  const ring = Array.from({ length: 49 }, (_, place) => (place / 48) * 2 * Math.PI).map((turn) => [lon + east * Math.sin(turn), lat + north * Math.cos(turn)]);
  return { type: 'Polygon', coordinates: [ring] };
}
