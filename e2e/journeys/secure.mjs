// What a stranger's browser is told: headers, well-known files, problem details, TLS.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity, pagesOf } from "../city.mjs";

let city;
before(async () => (city = await openCity()));
after(async () => void (await city?.close()));

test("every page carries the security headers and no inline script or style", async () => {
  for (const where of ["/", "/survey", "/search?q=x", "/no-such-page", "/api/openapi.json"]) {
    const answer = await fetch(city.address + where);
    const policy = answer.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src|script-src/, where);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/, where);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff", where);
    for (const header of ["cross-origin-opener-policy", "cross-origin-resource-policy", "referrer-policy", "permissions-policy"]) {
      assert.ok(answer.headers.get(header), `${where} ${header}`);
    }
    assert.equal(answer.headers.get("strict-transport-security"), null, "no HSTS over plain HTTP");
    const body = await answer.text();
    assert.doesNotMatch(body, /<script(?![^>]*\bsrc=)(?![^>]*type="application\/(ld\+)?json")/, where);
    assert.doesNotMatch(body, /<style|\sstyle="|\son\w+="/, where);
  }
});

test("a form sent from another site is refused", async () => {
  const answer = await fetch(`${city.address}/survey/score`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
    body: "instrument=madang-2026&sheet=",
    redirect: "manual",
  });
  assert.equal(answer.status, 403);
});

test("security.txt, health, readiness and metrics answer", async () => {
  const contact = await (await fetch(`${city.address}/.well-known/security.txt`)).text();
  assert.match(contact, /^Contact: /m);
  assert.match(contact, /^Expires: /m);
  for (const where of ["/healthz", "/readyz"]) assert.equal((await fetch(city.address + where)).status, 200);
  assert.match(await (await fetch(`${city.address}/metrics`)).text(), /^# TYPE /m);
});

test("the API answers mistakes with problem details (RFC 9457)", async () => {
  const answer = await fetch(`${city.address}/api/v1/survey/league?round=1999`);
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
  const problem = await answer.json();
  assert.equal(problem.status, 404);
  assert.ok(problem.title);
  assert.equal(problem.instance, "/api/v1/survey/league");
  const document = await (await fetch(`${city.address}/api/openapi.json`)).json();
  assert.match(document.openapi, /^3\.1/);
});

test("a browser keeps nothing of a visit and asks nobody else", async () => {
  const browser = await openBrowser();
  const context = await browser.newContext();
  const page = await openPage(context);
  const elsewhere = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(city.address) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  const all = await pagesOf(city);
  for (const where of ["/?lang=ko", ...all.filter((one) => one.split("/").length < 4)]) {
    await page.goto(city.address + where, { waitUntil: "load" });
    const kept = await page.evaluate(async () => ({
      cookies: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      objects: document.querySelectorAll("object, embed, applet, iframe").length,
    }));
    assert.deepEqual(kept, { cookies: "", local: 0, session: 0, databases: 0, objects: 0 }, where);
  }
  const cookies = await context.cookies();
  assert.ok(cookies.length > 0, "the language was chosen");
  for (const cookie of cookies) assert.ok(cookie.httpOnly && cookie.sameSite === "Lax" && cookie.path === "/", cookie.name);
  assert.deepEqual(elsewhere, []);
  await browser.close();
});

test("with certificate files it speaks TLS and asks to stay with it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "madang-tls-"));
  const [key, certificate] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const secure = await openCity({ words: ["--tls-cert", certificate, "--tls-key", key], fetchOptions: { skip: true } });
  assert.match(secure.address, /^https:/);
  const headers = await new Promise((resolve, reject) => {
    const ca = readFileSync(certificate);
    https.get(`${secure.address}/`, { ca }, (answer) => resolve(answer.headers)).on("error", reject);
  });
  assert.match(headers["strict-transport-security"], /max-age=31536000; includeSubDomains/);
  await secure.close();
  await rm(folder, { recursive: true, force: true });
});
