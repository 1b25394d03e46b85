/** A shape as single ones, as they are drawn. */
export function part(geometry) {
  if (!geometry) return [];
  const { type, coordinates, geometries } = geometry;
  if (type === 'GeometryCollection') return geometries.flatMap(part);
  const flat = (at) => at.slice(0, 2);
  const each = {
    Point: () => [flat(coordinates)],
    LineString: () => [coordinates.map(flat)],
    Polygon: () => [coordinates.map((ring) => ring.map(flat))],
    MultiPoint: () => coordinates.map(flat),
    MultiLineString: () => coordinates.map((line) => line.map(flat)),
    MultiPolygon: () => coordinates.map((polygon) => polygon.map((ring) => ring.map(flat))),
  }[type]();
  return each.map((one) => ({ type: type.replace('Multi', ''), coordinates: one }));
}

/** Single shapes as one: several of a kind are its Multi. */
export function gather(shapes) {
  if (shapes.length < 2) return shapes[0] ?? null;
  const [{ type }] = shapes;
  if (shapes.every((one) => one.type === type)) return { type: `Multi${type}`, coordinates: shapes.map(({ coordinates }) => coordinates) };
  return { type: 'GeometryCollection', geometries: shapes };
}
