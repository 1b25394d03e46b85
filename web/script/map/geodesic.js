// Distances and areas on the ellipsoid of WGS 84. Positions are [longitude, latitude] in degrees.
const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Metres between two positions (Vincenty 1975, inverse); to the millimetre, except between near antipodes, where the
 *  sphere answers. */
export function distance([lon1, lat1], [lon2, lat2]) {
  const L = radians(lon2 - lon1);
  const U1 = Math.atan((1 - F) * Math.tan(radians(lat1)));
  const U2 = Math.atan((1 - F) * Math.tan(radians(lat2)));
  const [sin1, cos1, sin2, cos2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L;
  for (let turn = 0; turn < 100; turn++) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(cos2 * sinL, cos1 * sin2 - sin1 * cos2 * cosL);
    if (sinS === 0) return 0;
    const cosS = sin1 * sin2 + cos1 * cos2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (cos1 * cos2 * sinL) / sinS;
    const cos2A = 1 - sinA * sinA;
    const cosM = cos2A ? cosS - (2 * sin1 * sin2) / cos2A : 0;
    const C = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A));
    const before = lambda;
    lambda = L + (1 - C) * F * sinA * (sigma + C * sinS * (cosM + C * cosS * (2 * cosM * cosM - 1)));
    if (Math.abs(lambda - before) > 1e-12) continue;
    const u2 = (cos2A * (A * A - B * B)) / (B * B);
    const a = 1 + (u2 / 16384) * (4096 + u2 * (u2 * (320 - 175 * u2) - 768));
    const b = (u2 / 1024) * (256 + u2 * (u2 * (74 - 47 * u2) - 128));
    const inner = (b / 6) * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3);
    return B * a * (sigma - b * sinS * (cosM + (b / 4) * (cosS * (2 * cosM * cosM - 1) - inner)));
  }
  const half = Math.sin(radians(lat2 - lat1) / 2) ** 2 + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(L / 2) ** 2;
  return 2 * 6371008.8 * Math.asin(Math.sqrt(Math.min(1, half)));
}

/** Metres along a line. */
export function along(line) {
  return line.slice(1).reduce((sum, at, place) => sum + distance(line[place], at), 0);
}

/** Square metres within a ring, closed or not: the ellipsoid unrolled with equal areas (Snyder 1987, p. 101, q), edges
 *  straight in that map. At a city's size that is the geodesic area to a hundred-thousandth. */
export function areaOf(ring) {
  let sum = 0;
  for (let place = 0; place < ring.length; place++) {
    const [lon1, lat1] = ring[place];
    const [lon2, lat2] = ring[(place + 1) % ring.length];
    const turn = ((lon2 - lon1 + 540) % 360) - 180;
    sum += radians(turn) * (equal(lat1) + equal(lat2));
  }
  return Math.abs((sum * A * A) / 4);
}

function equal(lat) {
  const sine = Math.sin(radians(lat));
  return (1 - E2) * (sine / (1 - E2 * sine * sine) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E));
}
