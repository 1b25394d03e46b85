// Drawing and keeping one thing of a layer. Where the browser draws no map, the form with its text stays.
import { draws } from './map/draws.js';

const root = document.querySelector('[data-map-edit]');
if (root && draws()) {
  import('./map/edit/editor.js').then(({ open }) => open(root)).catch((error) => console.warn('shapes stay text:', error));
}
