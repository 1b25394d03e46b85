// Theirs and mine side by side, line by line; the shapes both on the map, mine as drawn, theirs as an outline.
import { gather, part } from './parts.js';

export function conflict(state, theirs, mine) {
  const { find, map } = state;
  find('[data-edit-conflict]')?.remove();
  const place = document.createElement('div');
  place.dataset.editConflict = '';
  place.tabIndex = -1;
  place.append(find('template[data-edit-piece="conflict"]').content.cloneNode(true));
  const rows = place.querySelector('tbody');
  const picked = new Map();

  const line = (name, title, one, other) => {
    const row = rows.insertRow();
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = title;
    row.append(head);
    for (const [whose, text] of [['theirs', one], ['mine', other]]) {
      const label = document.createElement('label');
      const choice = Object.assign(document.createElement('input'), { type: 'radio', name: `conflict-${name}`, value: whose, checked: whose === 'mine' });
      choice.addEventListener('change', () => picked.set(name, whose));
      label.append(choice, ` ${text}`);
      row.insertCell().append(label);
    }
    picked.set(name, 'mine');
  };
  for (const name of Object.keys(mine.properties)) {
    const [one, other] = [theirs.properties[name] ?? null, mine.properties[name]];
    if (String(one ?? '') !== String(other ?? '')) line(name, state.titles[name][0], one ?? '–', other ?? '–');
  }
  if (!alike(theirs.geometry, mine.geometry)) line('geometry', state.words('shape'), brief(theirs.geometry), brief(mine.geometry));
  map.getSource('map-own')?.setData({ type: 'Feature', properties: {}, geometry: theirs.geometry });

  const end = () => {
    place.remove();
    map.getSource('map-own')?.setData({ type: 'FeatureCollection', features: [] });
  };
  place.querySelector('[data-edit-do=mine]').addEventListener('click', () => {
    const properties = { ...mine.properties };
    for (const [name, whose] of picked) if (name !== 'geometry' && whose === 'theirs') properties[name] = theirs.properties[name] ?? null;
    const geometry = picked.get('geometry') === 'theirs' ? theirs.geometry : mine.geometry;
    fill(state, properties, geometry);
    end();
    state.save({ type: 'Feature', geometry, properties });
  });
  place.querySelector('[data-edit-do=theirs]').addEventListener('click', () => {
    fill(state, theirs.properties, theirs.geometry);
    end();
    state.said('');
  });
  find('[data-edit-said]').after(place);
  place.focus();
}

/** Whether two shapes are one to the ninth digit, which is a tenth of a millimetre. */
function alike(one, other) {
  const rounded = (shape) => JSON.stringify(gather(part(shape)), (_, value) => (typeof value === 'number' ? Number(value.toFixed(9)) : value));
  return rounded(one) === rounded(other);
}

function brief(geometry) {
  const count = JSON.stringify(geometry?.coordinates ?? []).split('],[').length;
  return geometry ? `${geometry.type} (${count})` : '–';
}

function fill(state, properties, geometry) {
  for (const input of state.fields()) input.value = properties[input.name.slice(2)] ?? '';
  state.redraw(geometry);
  state.told();
}
