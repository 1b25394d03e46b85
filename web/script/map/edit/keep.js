// Saving without leaving the page, and what happens when somebody else was quicker.
import { conflict } from './conflict.js';

export function keep(state) {
  const { root, find } = state;
  const said = (text) => (find('[data-edit-said]').textContent = text);
  state.said = said;
  let busy = false;

  /** A field's text as the kind of value that the layer keeps. */
  const valueOf = ({ name, value }) => {
    if (value === '') return null;
    const [, kind] = state.titles[name.slice(2)];
    if (kind === 'boolean') return value === 'true';
    return kind === 'number' && Number.isFinite(Number(value)) ? Number(value) : value;
  };
  state.fields = () => [...root.querySelectorAll('[data-edit-fields] [name^="f-"]')];
  state.values = () => Object.fromEntries(state.fields().map((input) => [input.name.slice(2), valueOf(input)]));

  const send = async (method, version, feature) => {
    const headers = { 'content-type': 'application/geo+json', accept: 'application/geo+json, application/problem+json' };
    if (version) headers['if-match'] = version;
    return fetch(state.item, { method, headers, body: feature && JSON.stringify(feature) });
  };
  const read = async () => {
    const answer = await fetch(state.item, { headers: { accept: 'application/geo+json' }, cache: 'no-store' });
    return answer.ok ? { feature: await answer.json(), version: answer.headers.get('etag') } : null;
  };
  state.feature = () => ({ type: 'Feature', geometry: state.shape(), properties: state.values() });

  /** Saves this feature; when another version is there by now, both are shown. */
  state.save = async (feature) => {
    if (busy) return;
    busy = true;
    said(state.words('saving'));
    try {
      await settle(await send(state.version ? 'PUT' : 'POST', state.version, feature), feature);
    } catch {
      said(state.words('refused', state.words('lost')));
    } finally {
      busy = false;
    }
  };
  const settle = async (answer, feature) => {
    if (answer.ok) return done('saved');
    if (answer.status !== 412) return said(state.words('refused', await why(answer)));
    const theirs = await read();
    if (!theirs) return said(state.words('gone'));
    state.version = theirs.version;
    root.elements.version.value = theirs.version ?? '';
    said(state.words('conflict'));
    conflict(state, theirs.feature, feature);
  };
  const done = (word) => {
    said(state.words(word));
    root.dataset.kept = word;
    if (state.done) location.assign(state.done);
  };

  root.addEventListener('submit', (event) => {
    const go = event.submitter?.value;
    // What only the server reads goes to the server.
    if (go === 'look' || !['save', 'remove'].includes(go) || unread(state)) return;
    event.preventDefault();
    if (go === 'save') return void state.save(state.feature());
    send('DELETE', state.version).then((answer) => (answer.ok ? done('removed') : settle(answer, state.feature())), () => said(state.words('refused', state.words('lost'))));
  });
}

/** The text is no GeoJSON, so it is WKT. */
function unread({ find }) {
  try {
    JSON.parse(find('[name=geometry]').value || 'null');
    return false;
  } catch {
    return true;
  }
}

/** A problem's own words (RFC 9457). */
async function why(answer) {
  try {
    const { title, detail } = await answer.json();
    return detail ?? title;
  } catch {
    return String(answer.status);
  }
}
