// The style that the server made, with the page's own fonts, the layers that it says nothing of, and our own signs.

/** Which of the server's styles: as chosen, else as the page. */
export function lookOf({ look }) {
  if (look !== 'auto') return look;
  const { colorScheme, contrast } = document.documentElement.dataset;
  const asks = (wish) => matchMedia(wish).matches;
  if (contrast === 'high' || asks('(prefers-contrast: more)') || asks('(forced-colors: active)')) return 'contrast';
  return colorScheme === 'dark' || (colorScheme === 'auto' && asks('(prefers-color-scheme: dark)')) ? 'dark' : 'day';
}

const kept = new Map();

export async function styleFor(state) {
  const address = `${state.style.replace('{style}', lookOf(state))}?lang=${state.lang}`;
  if (!kept.has(address)) kept.set(address, ask(address));
  try {
    return complete(structuredClone(await kept.get(address)), state);
  } catch (error) {
    kept.delete(address);
    throw error;
  }
}

async function ask(address) {
  const answer = await fetch(address, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function complete(style, state) {
  for (const source of Object.values(style.sources)) {
    if (source.tiles) source.tiles = source.tiles.map(whole);
    if (typeof source.data === 'string') source.data = whole(source.data);
    if (source.url) source.url = whole(source.url);
  }
  for (const name of ['glyphs', 'sprite']) if (style[name]) style[name] = whole(style[name]);
  if (!style.glyphs) style['font-faces'] = faces(style);
  for (const layer of state.layers) {
    if (!style.sources[layer.id]) {
      const [minzoom, maxzoom] = layer.zooms;
      style.sources[layer.id] = { type: 'vector', tiles: [whole(layer.tiles)], minzoom, maxzoom };
    }
    if (!style.layers.some(({ source }) => source === layer.id)) style.layers.push(...drawn(layer, lookOf(state)));
  }
  apply(style.layers, state);
  style.sources['map-own'] = { type: 'geojson', data: empty() };
  style.layers.push(...own(lookOf(state)));
  return style;
}

export const empty = () => ({ type: 'FeatureCollection', features: [] });

/** Workers know no page, so their addresses are whole. */
function whole(address) {
  return address.startsWith('/') ? location.origin + address : address;
}

/** The fonts of the page, slice by slice as its style sheets name them: each is loaded when one of its letters is drawn. */
function faces(style) {
  const slices = [...document.styleSheets].filter(({ href }) => href).flatMap((sheet) =>
    [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule).map(({ style: face }) => ({
      url: new URL(face.getPropertyValue('src').match(/url\("?([^")]+)/)[1], sheet.href).href,
      'unicode-range': (face.getPropertyValue('unicode-range') || 'U+0-10FFFF').split(',').map((range) => range.trim()),
    })));
  const names = style.layers.flatMap(({ layout }) => fontsIn(layout?.['text-font']));
  return Object.fromEntries([...new Set([...names, 'Open Sans Regular'])].map((name) => [name, slices]));
}

function fontsIn(value) {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(fontsIn) : [];
}

const PAPER = { day: '#ffffff', dark: '#10161b', contrast: '#ffffff', 'colour-blind': '#ffffff' };
const INK = { day: '#1b2a24', dark: '#f2f5f4', contrast: '#000000', 'colour-blind': '#1b2a24' };

/** A layer that the style says nothing of. */
function drawn({ id, shape, colour, field, classes, name, zooms }, look) {
  const base = { source: id, 'source-layer': id };
  const paint = classes.length ? colours(field, classes, colour) : colour;
  const made = [];
  if (shape === 'area') {
    made.push({ ...base, id: `${id}-fill`, type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': paint, 'fill-opacity': look === 'contrast' ? 0.25 : 0.4 } });
  }
  if (shape !== 'point') {
    made.push({ ...base, id: `${id}-line`, type: 'line', paint: { 'line-color': paint, 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1, 16, 3] } });
  }
  made.push({ ...base, id: `${id}-point`, type: 'circle', filter: ['==', ['geometry-type'], 'Point'], paint: {
    'circle-color': paint,
    'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 3, 14, 6, 18, 10],
    'circle-stroke-color': PAPER[look],
    'circle-stroke-width': 1.5,
  } });
  if (name) {
    made.push({ ...base, id: `${id}-name`, type: 'symbol', minzoom: Math.max(13, zooms[0]), layout: {
      'text-field': ['coalesce', ['get', name], ''],
      'text-font': ['Pretendard Variable'],
      'text-size': 13,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 0.8,
    }, paint: { 'text-color': INK[look], 'text-halo-color': PAPER[look], 'text-halo-width': 1.5 } });
  }
  return made;
}

/** One colour a value, or from one number to the next. */
function colours(field, classes, other) {
  if (classes[0].from === undefined) return ['match', ['to-string', ['get', field]], ...classes.flatMap(({ value, colour }) => [value, colour]), other];
  const [first, ...rest] = classes;
  return ['case', ['has', field], ['step', ['to-number', ['get', field]], first.colour, ...rest.flatMap(({ from, colour }) => [from, colour])], other];
}

/** Which layers are seen, and which days of them. */
export function apply(layers, state, map) {
  for (const layer of layers) {
    const ours = state.layers.find(({ id }) => id === layer.source);
    if (!ours) continue;
    const visibility = ours.shown ? 'visible' : 'none';
    layer.metadata ??= {};
    if (!('madang:filter' in layer.metadata)) layer.metadata['madang:filter'] = layer.filter ?? null;
    const filter = both(layer.metadata['madang:filter'], during(ours, state.days));
    if (map) {
      map.setLayoutProperty(layer.id, 'visibility', visibility);
      map.setFilter(layer.id, filter);
    } else {
      layer.layout = { ...layer.layout, visibility };
      if (filter) layer.filter = filter;
    }
  }
}

function both(one, other) {
  return one && other ? ['all', one, other] : (one ?? other);
}

/** Days are text, `2026-01-31`; moments begin with their day. */
export function during({ time }, [from, to]) {
  if (!time || (!from && !to)) return null;
  const day = ['slice', ['to-string', ['get', time.field]], 0, 10];
  const tests = [];
  if (from) tests.push(['>=', day, from]);
  if (to) tests.push(['<=', day, to]);
  return ['all', ['has', time.field], ...tests];
}

/** What is chosen, measured, and where the reader is. */
function own(look) {
  const colour = { day: '#c04f00', dark: '#ffb454', contrast: '#c00000', 'colour-blind': '#000000' }[look];
  const base = { source: 'map-own' };
  const is = (shape) => ['==', ['geometry-type'], shape];
  return [
    { ...base, id: 'map-own-area', type: 'fill', filter: is('Polygon'), paint: { 'fill-color': colour, 'fill-opacity': 0.2 } },
    { ...base, id: 'map-own-edge', type: 'line', filter: ['!=', ['geometry-type'], 'Point'], layout: { 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': 3 } },
    { ...base, id: 'map-own-dot', type: 'circle', filter: is('Point'), paint: { 'circle-color': colour, 'circle-radius': ['coalesce', ['get', 'size'], 8], 'circle-stroke-color': PAPER[look], 'circle-stroke-width': 2.5 } },
  ];
}
