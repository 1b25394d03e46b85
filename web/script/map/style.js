// The style that the server made, with the page's own fonts and our own signs.

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
  const style = state.style.replace('{style}', lookOf(state));
  const address = `${style}${style.includes('?') ? '&' : '?'}lang=${state.lang}`;
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
  // What has no day is always there.
  return ['any', ['!', ['has', time.field]], ['all', ...tests]];
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
