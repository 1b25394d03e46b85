// What the map measures, against GeographicLib (PROJ 9, WGS 84) and Vincenty's own example.
import assert from "node:assert/strict";
import { test } from "node:test";
import { along, areaOf, distance } from "../../web/script/map/geodesic.js";

const near = (found, known, part) => assert.ok(Math.abs(found / known - 1) < part, `${found} instead of ${known}`);
const RING = [[126.97, 37.55], [126.99, 37.552], [126.985, 37.57], [126.965, 37.566]];

test("distances are right to the millimetre", () => {
  near(distance([126.978, 37.5665], [129.0756, 35.1796]), 324_915.297_453, 1e-8);
  near(along([...RING, RING[0]]), 7_479.002_069, 1e-8);
  // Flinders Peak to Buninyong.
  near(distance([144 + 25 / 60 + 29.5244 / 3600, -(37 + 57 / 60 + 3.7203 / 3600)], [143 + 55 / 60 + 35.3839 / 3600, -(37 + 39 / 60 + 10.1561 / 3600)]), 54_972.271, 1e-7);
  assert.equal(distance([10, 10], [10, 10]), 0);
});

test("nearly opposite sides of the earth have a distance too", () => {
  near(distance([0, 0], [179.7, 0.5]), 19_944_127, 0.01);
});

test("areas are right, whichever way round they are drawn", () => {
  near(areaOf(RING), 3_481_276.098, 1e-5);
  near(areaOf([...RING].reverse()), 3_481_276.098, 1e-5);
  near(areaOf([...RING, RING[0]]), 3_481_276.098, 1e-5);
});

test("an area across the antimeridian is not the rest of the world", () => {
  const shifted = RING.map(([lon, lat]) => [((lon - 126.98 + 180 + 540) % 360) - 180, lat]);
  near(areaOf(shifted), 3_481_276.098, 1e-5);
});
