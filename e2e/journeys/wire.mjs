// What reaches the wire, byte by byte: message boundaries, TLS versions, odd requests, and what the log keeps of them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { openCity, pagesOf } from "../city.mjs";

/** What only the machine's own people should ever read. */
const DETAILS = /panicked|RUST_BACKTRACE|crates\/|\.rs:\d|sqlx|SELECT [a-z*]|\/(usr|root|home|tmp)\//;
const MACHINES = ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest", "/.well-known/security.txt", "/sw.js", "/healthz", "/readyz", "/metrics", "/api/openapi.json", "/favicon.ico"];

let city, settings;
before(async () => {
  settings = await mkdtemp(path.join(tmpdir(), "madang-settings-"));
  const file = path.join(settings, "madang.toml");
  // This journey sends more forms than a person does; one test keeps the limit.
  await writeFile(file, "[limits]\nposts_per_minute = 100000\n");
  const level = process.env.MADANG_LOG;
  process.env.MADANG_LOG = "debug";
  city = await openCity({ words: ["--config", file] });
  if (level === undefined) delete process.env.MADANG_LOG;
  else process.env.MADANG_LOG = level;
});
after(async () => {
  await city?.close();
  await rm(settings, { recursive: true, force: true });
  assert.deepEqual(city.complaints(), [], "nothing here is worth waking an operator");
});

/** One request as it is written, method and path untouched. */
function ask(method, where, { headers = {}, body = "" } = {}) {
  const { hostname, port } = new URL(city.address);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path: where, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Everything that comes back for these bytes until the line is quiet or closed. */
function raw(bytes) {
  const { hostname, port } = new URL(city.address);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(1500, () => socket.destroy());
    socket.on("data", (part) => (text += part));
    socket.on("error", (error) => (error.code === "ECONNRESET" ? resolve(text) : reject(error)));
    socket.on("close", () => resolve(text));
  });
}

test("every address answers every method with all security headers and without a fault", async () => {
  const all = await pagesOf(city);
  const few = all.filter((where) => where.split("/").length < 4);
  for (const where of [...few, ...MACHINES, "/assets/", "/no-such-page", "/api/v1/no-such-thing"]) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]) {
      const { status, headers, body } = await ask(method, where);
      const what = `${method} ${where} ${status}`;
      assert.ok(status < 500, what);
      for (const part of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        assert.ok(headers["content-security-policy"]?.includes(part), `${what}: ${part}`);
      }
      assert.equal(headers["x-content-type-options"], "nosniff", what);
      assert.ok(headers["referrer-policy"], what);
      assert.equal(headers["access-control-allow-origin"], undefined, what);
      assert.equal(headers.server, undefined, what);
      assert.equal(headers["x-powered-by"], undefined, what);
      if (["TRACE", "PROPFIND", "PUT", "PATCH"].includes(method)) assert.ok(status >= 400, `${what}: is not for this method`);
      if (body) {
        assert.match(headers["content-type"] ?? "", /^[a-z]+\/[a-z0-9.+-]+/, what);
        if (/^text\/|[/+]xml/.test(headers["content-type"])) assert.match(headers["content-type"], /charset=utf-8/i, what);
      }
      assert.doesNotMatch(status >= 400 ? body : "", DETAILS, what);
    }
  }
});

test("odd requests are refused in plain words without details", async () => {
  const form = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  const requests = [
    ["GET", "/search?q=%ff%fe%00"],
    ["GET", `/search?q=${"x".repeat(9000)}`],
    ["GET", "/search?q=a&q=b&q[]=c&page=99999999999999999999"],
    ["GET", "/survey?lang=../../../../etc/passwd"],
    ["GET", "/survey/scorecards/%00"],
    ["GET", "/survey/scorecards/sc_'%20OR%201=1--"],
    ["GET", "/survey/cities/%F0%9F%92%A9"],
    ["GET", "/survey/league/2003?round=%27;DROP%20TABLE%20x"],
    ["POST", "/survey/score", { headers: { "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "same-origin" }, body: "--x\r\nnonsense" }],
    ["POST", "/survey/score", { headers: form, body: "instrument=%00&sheet=%ff" }],
    ["POST", "/survey/score", { headers: { "sec-fetch-site": "same-origin" }, body: "{{{{" }],
    ["POST", "/api/v1/survey/scorecards?instrument=none", { headers: { "content-type": "application/json" }, body: "[".repeat(5000) }],
    ["POST", "/preferences", { headers: form, body: `back=${"%0d%0aSet-Cookie:+x"}` }],
  ];
  for (const [method, where, more] of requests) {
    const { status, headers, body } = await ask(method, where, more);
    assert.ok(status < 500, `${method} ${where} ${status}`);
    assert.doesNotMatch(body, DETAILS, where);
    assert.doesNotMatch(headers.location ?? "", /[\r\n]|Set-Cookie/, where);
  }
  const large = await ask("POST", "/preferences", { headers: form, body: `back=${"x".repeat(2 * 1024 * 1024 + 10)}` }).catch((error) => error);
  assert.ok(large.status === 413 || large.code === "ECONNRESET" || large.code === "EPIPE", `${large.status ?? large}`);
});

test("files of the machine are no addresses of the city", async () => {
  const here = new URL(city.address).host;
  for (const where of ["/.git/config", "/.git/", "/Cargo.toml", "/madang.sqlite", "/var/", "/assets", "/assets/", "/assets/../madang.sqlite", "/assets/%2e%2e/%2e%2e/Cargo.toml", "/assets/..%2f..%2fetc%2fpasswd", "//etc/passwd"]) {
    const answer = await raw(`GET ${where} HTTP/1.1\r\nHost: ${here}\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 404 /, where);
    assert.doesNotMatch(answer, /Index of|\[workspace\]|root:|SQLite format/, where);
  }
});

test("one message is never read as two", async () => {
  const here = new URL(city.address).host;
  const post = (head, body) => raw(`POST /preferences HTTP/1.1\r\nHost: ${here}\r\nContent-Type: application/x-www-form-urlencoded\r\n${head}\r\n\r\n${body}`);
  const next = `GET /healthz HTTP/1.1\r\nHost: ${here}\r\nConnection: close\r\n\r\n`;
  const refused = {
    "two lengths": await post("Content-Length: 5\r\nContent-Length: 6", "back=/"),
    "a length that is no number": await post("Content-Length: +6", "back=/"),
    "an unknown coding": await post("Transfer-Encoding: xchunked", "0\r\n\r\n"),
    "chunks not last": await post("Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
    "a folded header": await post("Content-Length: 6\r\nX-One: 1\r\n two", "back=/"),
    "a space before the colon": await post("Content-Length : 6", "back=/"),
  };
  for (const [what, answer] of Object.entries(refused)) assert.match(answer, /^HTTP\/1\.1 400 /, `${what}: ${answer.slice(0, 80)}`);
  // With chunks a length counts for nothing (RFC 9112 §6.3): the second request begins after the last chunk.
  const both = await post("Content-Length: 4\r\nTransfer-Encoding: chunked", `6\r\nback=/\r\n0\r\n\r\n${next}`);
  const [first, ...rest] = both.match(/HTTP\/1\.1 \d+/g) ?? [];
  assert.equal(first, "HTTP/1.1 303");
  assert.ok(rest.length === 0 || (rest.length === 1 && rest[0] === "HTTP/1.1 200"), `${rest}`);
});

test("over HTTP/2 a length that is not true is refused", async () => {
  const client = http2.connect(city.address);
  const outcome = await new Promise((resolve) => {
    const stream = client.request({ ":method": "POST", ":path": "/preferences", "content-type": "application/x-www-form-urlencoded", "content-length": "40" });
    stream.on("response", (headers) => resolve(headers[":status"]));
    stream.on("error", () => resolve("reset"));
    stream.on("close", () => resolve("closed"));
    stream.end("back=/");
  });
  client.destroy();
  assert.ok(outcome === "reset" || outcome === "closed" || outcome >= 400, `${outcome}`);
});

test("a forged forwarding header neither resets the limit nor makes the line secure", async () => {
  const fresh = await openCity();
  const statuses = [];
  for (let number = 0; number < 70; number++) {
    const answer = await fetch(`${fresh.address}/preferences`, { method: "POST", redirect: "manual", headers: { "x-forwarded-for": `203.0.113.${number}`, "x-real-ip": `203.0.113.${number}` }, body: new URLSearchParams({ back: "/" }) });
    statuses.push(answer.status);
  }
  const answer = await fetch(fresh.address, { headers: { "x-forwarded-proto": "https" } });
  await fresh.close();
  assert.equal(statuses.filter((status) => status === 303).length, 60);
  assert.equal(statuses.at(-1), 429);
  assert.equal(answer.headers.get("strict-transport-security"), null);
});

test("the log keeps no secret and no reader can write a line of it", async () => {
  const secrets = ["secret-in-a-query", "secret-in-a-cookie", "secret-in-a-header", "secret-in-a-body"];
  const [query, cookie, bearer, body] = secrets;
  await ask("GET", `/search?q=${query}`, { headers: { cookie: `__Host-session=${cookie}`, authorization: `Bearer ${bearer}` } });
  await ask("POST", "/preferences", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: `password=${body}` });
  await ask("GET", "/no-such%0a2026-01-01T00:00:00.000000Z%20ERROR%20forged%1b[31m");
  await ask("GET", "/", { headers: { "user-agent": "a\tERROR forged" } });
  const lines = city.log.filter(Boolean);
  assert.ok(lines.some((line) => line.includes("answered")), "the log says something at all");
  for (const line of lines) {
    const { timestamp, level, target, fields } = JSON.parse(line);
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/, `the time in UTC: ${line}`);
    assert.ok(level && target && fields, line);
    for (const secret of secrets) assert.ok(!line.includes(secret), line);
  }
});

test("only TLS 1.2 and 1.3 are spoken, with forward secrecy, and plain HTTP is not answered there", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "madang-tls-"));
  const [key, certificate] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const secure = await openCity({ words: ["--tls-cert", certificate, "--tls-key", key], fetchOptions: { skip: true } });
  const { hostname, port } = new URL(secure.address);
  const agree = (options) =>
    new Promise((resolve) => {
      const socket = tls.connect({ host: hostname, port: Number(port), rejectUnauthorized: false, ...options }, () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
        socket.destroy();
      });
      socket.on("error", () => resolve("refused"));
    });
  const old = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" };
  assert.equal(await agree({ ...old, maxVersion: "TLSv1" }), "refused");
  assert.equal(await agree({ ...old, maxVersion: "TLSv1.1" }), "refused");
  assert.match(await agree({ maxVersion: "TLSv1.2" }), /^TLSv1\.2 ECDHE-.*(GCM|CHACHA20)/);
  assert.match(await agree({}), /^TLSv1\.3 TLS_/);
  for (const weak of ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES256-GCM-SHA384"]) {
    assert.equal(await agree({ maxVersion: "TLSv1.2", ciphers: `${weak}:@SECLEVEL=0` }), "refused", weak);
  }
  const plain = await fetch(`http://${hostname}:${port}/`).then((answer) => answer.status, () => "no answer");
  assert.equal(plain, "no answer");
  await secure.close();
  await rm(folder, { recursive: true, force: true });
});
