// A map that moves, in the place of the server's picture. Where the browser cannot draw one, the picture and its links
// stay, and nothing large is loaded.
import { draws } from './map/draws.js';

const root = document.querySelector('[data-map]');
if (root && draws()) {
  import('./map/view.js').then(({ open }) => open(root)).catch((error) => console.warn('the map stays a picture:', error));
}
