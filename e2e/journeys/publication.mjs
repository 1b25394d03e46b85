// A published round as a journalist, a city and a programmer meet it: pages, files, and the same numbers computed anew.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openBrowser, openPage } from "../browser.mjs";
import { BINARY, openCity } from "../city.mjs";
import { look } from "../look.mjs";

const run = promisify(execFile);
const ROUND = "/survey/rounds/2026";
const PAGES = ["", "/criteria", "/criteria/PS01", "/method", "/reliability", "/data", "/cities/haneul", "/cities/maru"];

let city, browser;
before(async () => {
  city = await openCity();
  browser = await openBrowser();
  const database = path.join(city.folder, "madang.sqlite");
  for (const slug of ["2024", "2026"]) {
    await run("python3", [path.resolve(import.meta.dirname, "../round.py"), city.address, database, slug]);
    await run(BINARY, ["survey", "round", "publish", slug, "--data", city.folder]);
  }
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
});

test("every page of a published round is accessible, fits a phone and has a clean console, in English and in Korean", async () => {
  const page = await openPage(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
  for (const language of ["en", "ko"]) {
    for (const part of PAGES) {
      await page.goto(`${city.address}${ROUND}${part}?lang=${language}`);
      await look(page, `${part} ${language}`);
    }
    await page.goto(`${city.address}/survey/rounds?lang=${language}`);
    await look(page, `rounds ${language}`);
  }
  assert.deepEqual(page.troubles, []);
});

test("without scripts a journalist comes from the survey to the city's answers", async () => {
  const page = await openPage(await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" }));
  await page.goto(`${city.address}/survey?lang=en`);
  await page.click(`main a[href="${ROUND}"]`);
  assert.match(await page.innerText("main"), /24 city websites were judged by 98 criteria/);
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
