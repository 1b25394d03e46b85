// Archived pages of a hostile site as an evaluator looks at them: nothing runs, nothing leaves, links lead on within the
// archive and nowhere else.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look } from "../look.mjs";
import { registerWithPasskey } from "../people.mjs";
import { configure, giveCities, openRound } from "../round.mjs";

const KIM = { name: "Kim Minsu", email: "kim@people.example" };
const LEE = { name: "Lee Jiwoo", email: "lee@people.example" };

let city, site, browser, folder, hostile, trap, page, archive;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "madang-archive-"));
  const config = configure(folder);
  trap = await listen((request, answer) => answer.end("caught"));
  hostile = await openHostile();
  [city, browser] = await Promise.all([openCity({ folder, words: ["--config", config] }), openBrowser()]);
  site = city.address.replace("127.0.0.1", "localhost");
  const captured = openRound(folder, config, [{ name: "Harbour", address: hostile.address }]);
  page = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  await registerWithPasskey(page, city, site, KIM);
  const lee = await openPage(await browser.newContext());
  await registerWithPasskey(lee, city, site, LEE);
  await captured;
  await giveCities(city.address, folder, config, [KIM.email, LEE.email]);
  trap.asked.length = 0;
  await page.goto(`${site}/survey/desk?lang=en`);
  const assignment = await page.locator("main th a").first().getAttribute("href");
  const bundle = await (await page.request.get(`${site}${assignment}/bundle`)).json();
  archive = new URL(bundle.pages[0].page, site).pathname.replace(/\/page$/, "");
});

after(async () => {
  await browser?.close();
  const complaints = city?.complaints() ?? [];
  await city?.close();
  hostile?.close();
  trap?.close();
  await rm(folder, { recursive: true, force: true });
  assert.deepEqual(complaints, [], "the log stayed clean");
});

/** A server that notes what it is asked for. */
async function listen(answer) {
  const asked = [];
  const server = http.createServer((request, reply) => (asked.push(`${request.method} ${request.url}`), answer(request, reply)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, asked, close: () => server.close() };
}

/** Every way of a page to do something, all of them leading to the trap. */
async function openHostile() {
  const home = () => `<!doctype html><html lang="en"><head><title>Harbour</title>
    <base href="/"><meta http-equiv="refresh" content="1;url=${trap.address}refresh"><link rel="stylesheet" href="${trap.address}style.css">
    <link rel="prefetch" href="${trap.address}prefetch"><style>@import "${trap.address}import.css"; h1 { background: url("${trap.address}background"); color: #046 }
    a[href*="key"] { background: url("${trap.address}key") }</style>
    <script>parent.postMessage("ran", "*"); document.title = "ran"; fetch("${trap.address}fetch"); new Image().src = "${trap.address}image";</script></head>
    <body onload="document.title = 'ran'"><h1>Harbour</h1><p>The city collects your name and address to answer you.</p>
    <a id="kept" href="/privacy">Your data</a> <a id="away" href="${trap.address}link" ping="${trap.address}ping">Away</a>
    <a id="inner" href="http://127.0.0.1:9/admin">Inner network</a> <a id="script" href="javascript:parent.location='${trap.address}js'">Script</a>
    <a id="portal" href="/account" target="_top">Portal</a>
    <form action="${trap.address}form" method="post"><input name="password" type="password" value="x"><button id="send">Send</button></form>
    <img src="${trap.address}picture" onerror="document.title = 'ran'" alt="Harbour"><iframe src="${trap.address}frame"></iframe>
    <video src="${trap.address}video" autoplay></video><object data="${trap.address}object"></object>
    <svg><script>parent.postMessage("ran", "*")</script><a href="${trap.address}svg"><text>Drawing</text></a></svg></body></html>`;
  const pages = { "/": home, "/privacy": () => `<!doctype html><html lang="en"><title>Your data</title><h1>Your data</h1><p>Ask privacy@harbour.example about it.</p><a href="/">Home</a></html>` };
  return listen((request, reply) => {
    const made = pages[new URL(request.url, "http://x").pathname];
    reply.writeHead(made ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    reply.end(made?.() ?? "");
  });
}

/** Everything that the browser asked for since, by host. */
function listenTo(page) {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  return asked;
}

const frameOf = async (page) => (await (await page.waitForSelector("iframe")).contentFrame());

test("a hostile page stands in its frame without any of its powers", async () => {
  const asked = listenTo(page);
  await page.addInitScript(() => addEventListener("message", () => (window.heard = true)));
  await page.goto(`${site}${archive}/look?url=${encodeURIComponent(hostile.address)}&lang=en`);
  const frame = await frameOf(page);
  await frame.waitForSelector("h1");
  assert.match(await frame.textContent("body"), /collects your name and address/);
  // The refresh would have come after a second.
  await pause(1500);
  assert.equal(await page.evaluate(() => window.heard), undefined, "no script spoke");
  assert.match(await page.title(), /Harbour/);
  assert.equal(await frame.locator("script, iframe, form, object, video, [onload], [onerror], [target], meta[http-equiv], base").count(), 0);
  assert.equal(await frame.locator("a[href]").count(), 1, "one link leads on: to the page that was kept");
  for (const id of ["away", "inner", "script", "portal", "send"]) await frame.click(`#${id}`, { force: true });
  await pause(500);
  assert.equal(page.frames().length, 2);
  assert.match(frame.url(), new RegExp(`${archive}/page`));
  assert.deepEqual(trap.asked, [], "nothing left");
  assert.deepEqual([...new Set(asked)], [site], "the browser asked the portal alone");
  await page.evaluate(() => document.querySelector("iframe").remove());
  await look(page, "an archived page");
});

test("its link leads on within the archive although the sandbox sends no session; its key opens nothing else", async () => {
  await page.goto(`${site}${archive}/look?url=${encodeURIComponent(hostile.address)}&lang=en`);
  let frame = await frameOf(page);
  await frame.waitForSelector("#kept");
  const lead = await frame.getAttribute("#kept", "href");
  const answer = page.waitForResponse((one) => one.url().includes("privacy") && one.url().includes("key="));
  await frame.click("#kept");
  assert.equal((await answer).status(), 200);
  assert.equal((await answer).request().headers().referer, undefined);
  assert.equal((await (await answer).request().allHeaders()).cookie, undefined, "no session went along");
  frame = await frameOf(page);
  assert.match(await frame.textContent("body"), /privacy@harbour.example/);

  const stranger = await browser.newContext();
  const get = async (address) => (await stranger.request.get(`${site}${address}`)).status();
  assert.equal(await get(lead), 200);
  assert.equal(await get(lead.replace("/page?", "/look?")), 404);
  assert.equal(await get(lead.replace("/page?", "/file?")), 404);
  assert.equal(await get(lead.replace(/&key=.*/, "")), 404);
  await page.goto(`${site}/account?lang=en`);
  await page.click('form[action="/sign-out"] button');
  await page.waitForURL(`${site}/`);
  assert.equal(await get(lead), 404, "the key ends with the session");
  await stranger.close();
});

test("who may not look gets nothing, and asks nobody else either", async () => {
  const alone = await openPage(await browser.newContext());
  const asked = listenTo(alone);
  for (const part of ["", "/look", "/page", "/picture", "/file"]) {
    const answer = await alone.goto(`${site}${archive}${part}?url=${encodeURIComponent(hostile.address)}`);
    assert.equal(answer.status(), 404, part);
  }
  assert.deepEqual([...new Set(asked)], [site]);
  assert.deepEqual(trap.asked, []);
  await alone.context().close();
});
