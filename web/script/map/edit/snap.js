// Corners of the things around, exact as the layer keeps them (tiles are rounded): asked for when the map was moved.
const REACH = 12;
const CLOSEST = 14;

export function neighbours({ map, near }) {
  let corners = [];
  let asking;
  const look = async () => {
    if (!near || map.getZoom() < CLOSEST) return;
    asking?.abort();
    asking = new AbortController();
    const box = map.getBounds().toArray().flat().join();
    try {
      const answer = await fetch(near.replace('{bbox}', box), { signal: asking.signal, headers: { accept: 'application/geo+json' } });
      if (answer.ok) corners = (await answer.json()).features.flatMap(({ geometry }) => positions(geometry?.coordinates ?? []));
    } catch (error) {
      if (error.name !== 'AbortError') console.warn('corners of neighbours are unknown:', error);
    }
  };
  map.on('moveend', look);
  look();
  return ({ lng, lat }, { project }) => {
    const here = project(lng, lat);
    let best;
    let least = REACH;
    for (const corner of corners) {
      const there = project(corner[0], corner[1]);
      const apart = Math.hypot(there.x - here.x, there.y - here.y);
      if (apart < least) [best, least] = [corner, apart];
    }
    return best?.slice(0, 2);
  };
}

function positions(coordinates) {
  return typeof coordinates[0] === 'number' ? [coordinates] : coordinates.flatMap(positions);
}
