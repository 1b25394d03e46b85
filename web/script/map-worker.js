// MapLibre's worker as a file of our own: a strict content policy lets no worker start from text.
import 'maplibre-gl/dist/maplibre-gl-worker.mjs';
