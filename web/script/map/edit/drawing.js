// Points, lines and areas by terra-draw; new corners snap to corners of the shape itself and of its neighbours.
import {
  TerraDraw, TerraDrawLineStringMode, TerraDrawModeUndoRedo, TerraDrawPointMode, TerraDrawPolygonMode, TerraDrawSelectMode,
  TerraDrawSessionUndoRedo, TerraDrawUndoRedoKeyboardShortcuts, ValidateNotSelfIntersecting,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { maplibre } from '../engine.js';
import { gather, part } from './parts.js';
import { neighbours } from './snap.js';

const MODES = { Point: 'point', LineString: 'linestring', Polygon: 'polygon' };
const TOOLS = { select: 'select', point: 'point', line: 'linestring', polygon: 'polygon' };
const WARM = '#c04f00';

export function drawing(state) {
  const { map, find, shapes } = state;
  const text = find('[name=geometry]');
  const snapping = { toCoordinate: true, toLine: true, toCustom: neighbours(state) };
  const whole = (feature, { updateType }) => (updateType === 'finish' || updateType === 'commit' ? ValidateNotSelfIntersecting(feature) : { valid: true });
  const corners = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true, snappable: snapping } } };
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, lib: maplibre, coordinatePrecision: 9 }),
    modes: [
      new TerraDrawPointMode({ styles: { pointColor: WARM, pointWidth: 8, pointOutlineColor: '#ffffff', pointOutlineWidth: 3 } }),
      new TerraDrawLineStringMode({ snapping, styles: { lineStringColor: WARM, lineStringWidth: 4 } }),
      new TerraDrawPolygonMode({ snapping, validation: whole, styles: { fillColor: WARM, fillOpacity: 0.25, outlineColor: WARM, outlineWidth: 3 } }),
      new TerraDrawSelectMode({
        flags: { point: { feature: { draggable: true } }, linestring: corners, polygon: corners },
        styles: { selectedPolygonColor: WARM, selectedPolygonOutlineColor: WARM, selectedPolygonOutlineWidth: 3, selectedLineStringWidth: 4, selectedPointWidth: 8, selectedLineStringColor: WARM, selectedPointColor: WARM, selectionPointWidth: 7, selectionPointColor: '#ffffff', selectionPointOutlineColor: WARM, selectionPointOutlineWidth: 3, midPointWidth: 4, midPointColor: WARM },
      }),
    ],
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo(), sessionLevel: new TerraDrawSessionUndoRedo(), keyboardShortcuts: new TerraDrawUndoRedoKeyboardShortcuts() },
  });
  draw.start();
  state.draw = draw;
  const button = (name) => find(`[data-edit-do="${name}"]`);

  const use = (tool) => {
    draw.setMode(TOOLS[tool]);
    for (const name of Object.keys(TOOLS)) button(name)?.setAttribute('aria-pressed', String(name === tool));
  };
  const mine = () => draw.getSnapshot().filter(({ properties }) => MODES_OF.has(properties.mode) && !properties.currentlyDrawing && !helper(properties));
  /** The shape, as it is drawn. */
  state.shape = () => gather(mine().map(({ geometry }) => geometry));
  /** Another shape: from the text, or what somebody else kept. */
  state.redraw = (geometry) => {
    draw.clear();
    const refused = draw.addFeatures(part(geometry).map((one) => ({ type: 'Feature', geometry: one, properties: { mode: MODES[one.type] } }))).filter(({ valid }) => !valid);
    draw.clearUndoRedoHistory?.();
    return !refused.length;
  };
  const told = () => {
    const shape = state.shape();
    text.value = shape ? JSON.stringify(shape) : '';
    button('undo').disabled = !draw.canUndo();
    button('redo').disabled = !draw.canRedo();
  };
  state.told = told;
  draw.on('finish', (id, { action }) => {
    // A point moves to where it was set last; lines and areas come together.
    const others = mine().filter((one) => one.id !== id);
    const kind = draw.getSnapshotFeature(id)?.geometry.type;
    const gone = others.filter((one) => kind === 'Point' || one.geometry.type !== kind);
    if (action === 'draw' && gone.length) draw.removeFeatures(gone.map((one) => one.id));
    told();
    state.say(state.words('drawn'));
    if (action === 'draw') {
      use('select');
      draw.selectFeature(id);
    }
  });
  draw.on('change', () => told());
  draw.on('history', () => told());

  for (const tool of Object.keys(TOOLS)) button(tool)?.addEventListener('click', () => use(tool));
  button('undo').addEventListener('click', () => draw.undo());
  button('redo').addEventListener('click', () => draw.redo());
  button('clear').addEventListener('click', () => {
    draw.removeFeatures(mine().map(({ id }) => id));
    told();
  });
  text.addEventListener('change', () => {
    try {
      state.redraw(JSON.parse(text.value));
      told();
    } catch {
      // WKT, or not finished: the server reads it.
    }
  });

  let first;
  try {
    first = JSON.parse(text.value || 'null');
  } catch {
    first = null;
  }
  if (first) {
    state.redraw(first);
    use('select');
    const [one] = mine();
    if (one) draw.selectFeature(one.id);
  } else {
    use(shapes[0]);
  }
  told();
}

const MODES_OF = new Set(Object.values(MODES));
const helper = ({ selectionPoint, midPoint, closingPoint, snappingPoint, coordinatePoint }) => selectionPoint || midPoint || closingPoint || snappingPoint || coordinatePoint;
