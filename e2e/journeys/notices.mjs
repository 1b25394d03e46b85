// Notices in browsers: a reader asks for them on the site, a push service of the test gets what only that browser can
// read (RFC 8291), signed by the city (RFC 8292).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { lookAt } from "../look.mjs";
import { PASSWORD, register } from "../people.mjs";

const kim = { name: "Kim Minsu", email: "kim@people.example" };
const reader = createECDH("prime256v1");
reader.generateKeys();
const auth = randomBytes(16);
const pushed = [];
let answer = 201;
let password = PASSWORD;
let city, site, browser, page, service, endpoint, folder;

/** A push service with an authority of its own. */
async function openService() {
  folder = mkdtempSync(path.join(tmpdir(), "madang-push-"));
  const file = (name) => path.join(folder, name);
  const openssl = (...words) => execFileSync("openssl", words, { stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-days", "2", "-subj", "/CN=Test authority", "-keyout", file("ca.key"), "-out", file("ca.pem"));
  openssl("req", ...key, "-subj", "/CN=127.0.0.1", "-keyout", file("key.pem"), "-out", file("request.pem"));
  writeFileSync(file("names"), "subjectAltName=IP:127.0.0.1");
  openssl("x509", "-req", "-in", file("request.pem"), "-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", file("names"), "-out", file("cert.pem"));
  service = https.createServer({ cert: readFileSync(file("cert.pem")), key: readFileSync(file("key.pem")) }, async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    pushed.push({ headers: request.headers, body });
    response.writeHead(answer).end();
  });
  await new Promise((resolve) => service.listen(0, "127.0.0.1", resolve));
  endpoint = `https://127.0.0.1:${service.address().port}/push/kim`;
  const config = file("madang.toml");
  writeFileSync(config, `[letters.push]\ncontact = "mailto:letters@city.example"\nservices = ["127.0.0.1:${service.address().port}"]\n[outbound]\nprivate_hosts = ["127.0.0.1"]\ntrust = ["${file("ca.pem")}"]\n`);
  return config;
}

before(async () => {
  city = await openCity({ words: ["--config", await openService()] });
  site = city.address.replace("127.0.0.1", "localhost");
  browser = await openBrowser();
  page = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  // The browser's maker's push service is out of reach: its answer is that of the test.
  const subscription = { endpoint, keys: { p256dh: reader.getPublicKey("base64url"), auth: auth.toString("base64url") } };
  await page.addInitScript((given) => {
    PushManager.prototype.subscribe = async function (options) {
      sessionStorage.setItem("key", options.applicationServerKey);
      return { toJSON: () => given };
    };
  }, subscription);
});
after(async () => {
  await browser?.close();
  await city?.close();
  service?.close();
  assert.deepEqual(city.complaints().filter((line) => !line.includes("taken away")), [], "the log stayed clean");
  assert.deepEqual(page.troubles, []);
});

async function arrived(count) {
  for (let tries = 0; pushed.length < count; tries++) {
    assert.ok(tries < 200, `${count} notices within 20 s`);
    await pause(100);
  }
  return pushed[count - 1];
}

/** RFC 8188 and 8291, read with Node's own cryptography. */
function opened(body) {
  const salt = body.subarray(0, 16);
  const idLength = body[20];
  const sender = body.subarray(21, 21 + idLength);
  const text = body.subarray(21 + idLength);
  const shared = reader.computeSecret(sender);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), reader.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync("sha256", shared, auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: nonce\0", 12));
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(text.subarray(-16));
  const plain = Buffer.concat([cipher.update(text.subarray(0, -16)), cipher.final()]);
  return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
}

/** The city writes a letter about it. */
async function changePassword(to) {
  await page.goto(`${site}/account/password?lang=en`);
  await page.fill("#current", password);
  await page.fill("#password", to);
  password = to;
  await page.click('form[action="/account/password"] button[type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith("/password"));
}

test("a reader asks for notices, and the page is fit for all", async () => {
  await register(page, city, site, kim);
  await lookAt(page, `${site}/account/notices`);
  await page.click("[data-notices] button");
  await page.waitForURL("**/account/notices?done=noticed");
  assert.match(await page.textContent("main"), /Chrome/);
  await page.goto(`${site}/account/letters?lang=en`);
  await page.check('input[name=channel][value=push]');
  await page.click('form[action="/account/letters/way"] button');
  await page.waitForURL("**/account/letters?done=letters");
});

test("a letter becomes a notice that tells nothing to bystanders", async () => {
  await changePassword(`${PASSWORD} again`);
  const { headers, body } = await arrived(1);
  assert.equal(headers["content-encoding"], "aes128gcm");
  assert.ok(Number(headers.ttl) > 0 && headers.topic.length <= 32);
  const notice = opened(body);
  assert.equal(notice.title, "You have a new letter");
  assert.equal(notice.href, "/account/letters");
  assert.ok(!JSON.stringify(notice).includes("Kim"), "no personal data");
});

test("the city signs what it sends, with the key that the browser was given", async () => {
  const { authorization } = pushed[0].headers;
  const [, token, k] = authorization.match(/^vapid t=([^,]+), k=(\S+)$/);
  assert.equal(k, await page.evaluate(() => sessionStorage.getItem("key")));
  const point = Buffer.from(k, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const [head, claims, signature] = token.split(".");
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  assert.ok(verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url")));
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url"));
  const seconds = exp - Date.now() / 1000;
  assert.deepEqual({ aud, sub }, { aud: new URL(endpoint).origin, sub: "mailto:letters@city.example" });
  assert.ok(seconds > 0 && seconds <= 86400, "at most a day");
});

test("a browser that is gone is forgotten, and letters go another way", async () => {
  answer = 410;
  await changePassword(`${PASSWORD} once more`);
  await arrived(2);
  for (let tries = 0; ; tries++) {
    await page.goto(`${site}/account/notices?lang=en`);
    if ((await page.textContent("#browsers, main")).includes("No browser shows notices")) break;
    assert.ok(tries < 50, "the browser is forgotten");
    await pause(200);
  }
});
