// A published round as its coordinator, a journalist, a city and a programmer meet it: the act, pages, files, and the same
// numbers computed anew.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openBrowser, openPage } from "../browser.mjs";
import { BINARY, openCity } from "../city.mjs";
import { look } from "../look.mjs";
import { arrive, registerWithPasskey } from "../people.mjs";

const run = promisify(execFile);
const LOADER = path.resolve(import.meta.dirname, "../round.py");
const ROUND = "/survey/rounds/2026";
const PAGES = ["", "/criteria", "/criteria/PS01", "/method", "/reliability", "/data", "/cities/haneul"];

let city, site, browser, folder, coordinator;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "madang-publication-"));
  const config = path.join(folder, "journey.toml");
  // Papers are printed by workers; here nobody waits for them.
  await writeFile(config, "[survey]\nworkers = 0\n");
  [city, browser] = await Promise.all([openCity({ folder, words: ["--config", config] }), openBrowser()]);
  site = city.address.replace("127.0.0.1", "localhost");
  const database = path.join(folder, "madang.sqlite");
  for (const slug of ["2024", "2026"]) await run("python3", [LOADER, city.address, database, slug]);
  await run(BINARY, ["survey", "round", "publish", "2024", "--data", folder, "--config", config]);
  coordinator = await staff({ name: "Kim Minsu", email: "kim@people.example" }, database);
});
after(async () => {
  await browser?.close();
  const complaints = city?.complaints();
  await city?.close();
  await rm(folder, { recursive: true, force: true });
  assert.deepEqual(complaints, [], "the log stayed clean");
});

/** A coordinator with a passkey, appointed as an administrator would. */
async function staff(who, database) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  const page = await openPage(context);
  await registerWithPasskey(page, city, site, who);
  const appoint = `INSERT INTO identity_grant (id, account, role, given_by, given_at)
    SELECT 'gr_journey', id, 'coordinator', 'journey', 0 FROM identity_account WHERE name = '${who.name}'`;
  const script = "import sqlite3, sys; base = sqlite3.connect(sys.argv[1], timeout=30); base.execute(sys.argv[2]); base.commit()";
  await run("python3", ["-c", script, database, appoint]);
  // A session's rights are remembered for a second.
  await new Promise((later) => setTimeout(later, 1500));
  return page;
}

test("a coordinator looks at what would be published, and publishes it for good", async () => {
  for (const language of ["ko", "en"]) {
    await coordinator.goto(`${site}/survey/office/2026/publish?lang=${language}`);
    if (new URL(coordinator.url()).pathname === "/sign-in/second") {
      await coordinator.click("form[data-passkey] button");
      await arrive(coordinator, "/survey/office/2026/publish");
    }
    await look(coordinator, `preview ${language}`);
  }
  await coordinator.fill("#doi", "10.5072/survey-2026");
  await coordinator.click('form[action="/survey/office/2026/publish"] button');
  await arrive(coordinator, ROUND);
  assert.match(await coordinator.innerText("main"), /24 city websites were judged by 98 criteria/);
  assert.deepEqual(coordinator.troubles, []);
});

test("every page of a published round is accessible, fits a phone and has a clean console, in English and in Korean", async () => {
  const page = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  for (const language of ["en", "ko"]) {
    for (const part of [...PAGES.map((part) => ROUND + part), "/survey/rounds"]) {
      await page.goto(`${city.address}${part}?lang=${language}`);
      await look(page, `${part} ${language}`);
    }
  }
  assert.deepEqual(page.troubles, []);
});

test("without scripts a journalist comes from the survey to the city's answers", async () => {
  const page = await openPage(await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" }));
  await page.goto(`${city.address}/survey?lang=en`);
  await page.click(`main a[href="${ROUND}"]`);
  assert.equal(await page.locator(".ranges .range").count(), 48, "scores and places, a row each");
  assert.match(await page.innerText("main"), /Change since Survey of city websites 2024/);
  await page.locator(`table a[href^="${ROUND}/cities/"]`).first().click();
  assert.match(await page.innerText("main"), /How it was decided/);
  await page.locator(`a[href^="${ROUND}/criteria/"]`).first().click();
  assert.match(await page.innerText("main"), /Best practice/);
});

test("a program that shares no code with Madang computes the same from the tables", async () => {
  const script = path.resolve(import.meta.dirname, "../../bench/round/recompute.py");
  const { stdout } = await run("python3", [script, `${city.address}${ROUND}`]);
  assert.match(stdout, /24 cities, 98 criteria, 2352 final answers: the same/);
});
