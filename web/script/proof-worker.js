// Finds a proof of work beside the page: for each part a number whose SHA-256 together with the seed begins with enough
// zero bits. Own arithmetic, because crypto.subtle answers each hash by a promise and is missing on plain HTTP.
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const words = new Int32Array(64);

// The first 32 bits of the SHA-256 of one block that already holds its padding.
function firstWord(block) {
  for (let i = 0; i < 16; i++) words[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15], y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = START[0], b = START[1], c = START[2], d = START[3], e = START[4], f = START[5], g = START[6], h = START[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return (a + START[0]) >>> 0;
}

function find(text, bits) {
  const block = new Uint8Array(64);
  const head = new TextEncoder().encode(text);
  block.set(head);
  const limit = 2 ** (32 - bits);
  for (let number = 0; ; number++) {
    const digits = String(number);
    let end = head.length;
    for (let i = 0; i < digits.length; i++) block[end++] = digits.charCodeAt(i);
    block[end] = 0x80;
    block[62] = (end * 8) >> 8;
    block[63] = (end * 8) & 0xff;
    if (firstWord(block) < limit) return digits;
  }
}

onmessage = ({ data: { seed, bits, parts } }) => {
  const numbers = [];
  for (let part = 0; part < parts; part++) {
    numbers.push(find(`${seed}.${part}.`, bits));
    postMessage({ done: part + 1, answer: part + 1 === parts ? numbers.join('.') : '' });
  }
};
