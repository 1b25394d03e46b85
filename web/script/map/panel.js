// A thing on the map, by a click, by Enter at the centre, or from the list: what its own page says of it, beside the map.

const REACH = 6;

export function panel(state) {
  const { map, find } = state;
  const place = find('[data-map-panel]');
  const title = find('[data-map-panel-title]');
  const body = find('[data-map-panel-body]');
  let opener;

  const show = (heading, ...content) => {
    title.textContent = heading;
    body.replaceChildren(...content);
    if (place.hidden) opener = document.activeElement;
    place.hidden = false;
    title.focus();
  };
  const close = () => {
    if (place.hidden) return;
    place.hidden = true;
    state.mark('chosen');
    (opener?.isConnected ? opener : map.getCanvas()).focus();
  };
  find('[data-map-close]').addEventListener('click', close);
  place.addEventListener('keydown', ({ key }) => key === 'Escape' && close());

  /** Opens one thing; its shape is asked for when it is not given. */
  state.open = async (layer, id, geometry) => {
    try {
      const [page, shape] = await Promise.all([asked(address(layer.item, id)), geometry ?? shapeOf(layer, id)]);
      const told = page.querySelector('[data-map-feature]');
      const link = document.createElement('a');
      link.href = address(layer.item, id);
      link.textContent = told.dataset.mapFeature;
      show(told.dataset.mapFeature, told);
      title.replaceChildren(link);
      if (shape) state.mark('chosen', [{ geometry: shape, size: 11 }]);
      return shape;
    } catch {
      state.say(state.words('lost'));
    }
  };

  /** What lies at a point of the screen, from all layers that are shown; a thing cut by tiles is one. */
  state.at = ({ x, y }) => {
    const shown = state.layers.filter((layer) => layer.shown);
    const layers = map.getStyle().layers.filter(({ source }) => shown.some(({ id }) => id === source)).map(({ id }) => id);
    const box = [[x - REACH, y - REACH], [x + REACH, y + REACH]];
    const found = new Map();
    for (const feature of layers.length ? map.queryRenderedFeatures(box, { layers }) : []) {
      const layer = shown.find(({ id }) => id === feature.source);
      const id = idOf(feature);
      if (id === undefined || found.has(`${layer.id} ${id}`)) continue;
      found.set(`${layer.id} ${id}`, { layer, id, geometry: feature.geometry, name: String(feature.properties[layer.name] ?? id) });
    }
    return [...found.values()];
  };

  const look = (at) => {
    const found = state.at(at);
    if (!found.length) {
      close();
      state.say(state.words('none'));
    } else if (found.length === 1) {
      choose(found[0]);
    } else {
      const entries = document.createElement('ul');
      for (const one of found.slice(0, 20)) entries.append(choice(one));
      show(state.words('many', new Intl.NumberFormat(state.lang).format(found.length)), entries);
    }
  };
  // A shape from a tile is cut at the tile's edge, so only points are taken from there.
  const choose = ({ layer, id, geometry }) => state.open(layer, id, geometry.type === 'Point' ? geometry : undefined);
  const choice = (one) => {
    const made = find('template[data-map-piece="choice"]').content.cloneNode(true);
    const button = made.querySelector('button');
    button.textContent = `${one.name} – ${one.layer.title}`;
    button.addEventListener('click', () => choose(one));
    return made;
  };

  map.on('click', ({ point: at }) => state.measuring?.() || look(at));
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || state.measuring?.()) return;
    look(map.project(map.getCenter()));
  });
  map.on('mousemove', ({ point: at }) => (map.getCanvas().style.cursor = state.measuring?.() ? 'crosshair' : state.at(at).length ? 'pointer' : ''));
}

/** What the layer calls a thing: a number is the feature's own id, anything else a property. */
export function idOf(feature) {
  return feature.id ?? feature.properties.id;
}

const address = (template, id) => template.replace('{id}', encodeURIComponent(id));

async function asked(href) {
  const answer = await fetch(href, { headers: { accept: 'text/html' } });
  if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

async function shapeOf(layer, id) {
  const answer = await fetch(address(layer.data, id), { headers: { accept: 'application/geo+json' } });
  return answer.ok ? (await answer.json()).geometry : undefined;
}

