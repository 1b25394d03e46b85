// The world's land as one SVG path. Natural Earth (public domain) by way of world-atlas, in the Natural Earth
// projection with the same frame as crates/kernel-ui/src/map.rs: 960 x 460, scale 175, centre (480, 264).
import { readFile } from 'node:fs/promises';
import { geoCentroid, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { presimplify, quantile, simplify } from 'topojson-simplify';

export async function landPath() {
  const atlas = JSON.parse(await readFile(new URL('node_modules/world-atlas/land-110m.json', import.meta.url), 'utf8'));
  const weighted = presimplify(atlas);
  const simpler = simplify(weighted, quantile(weighted, 0.12));
  const land = feature(simpler, simpler.objects.land);
  const polygons = land.features.flatMap(({ geometry }) => geometry.coordinates);
  // Antarctica lies below the frame.
  const shown = polygons.filter((polygon) => geoCentroid({ type: 'Polygon', coordinates: polygon })[1] > -60);
  const projection = geoNaturalEarth1().scale(175).translate([480, 264]);
  return geoPath(projection).digits(1)({ type: 'MultiPolygon', coordinates: shown });
}
