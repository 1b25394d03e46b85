// Madang audits itself, over TLS, as it would audit any city. No special case: what it does not find is not there yet.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { openBrowser, openPage } from "../browser.mjs";
import { BINARY, openCity } from "../city.mjs";

const HOST = "city.example";
// The score may rise; it does not fall unnoticed.
const FLOOR = 20;

test("Madang audits itself, and each unmet criterion names the system that will meet it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "madang-own-"));
  const file = (name) => path.join(folder, name);
  const openssl = (...words) => execFileSync("openssl", words, { stdio: "ignore" });
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...curve, "-days", "2", "-subj", "/CN=Test authority", "-keyout", file("ca.key"), "-out", file("ca.pem"));
  openssl("req", ...curve, "-subj", `/CN=${HOST}`, "-keyout", file("key.pem"), "-out", file("request.pem"));
  await writeFile(file("names"), `subjectAltName=DNS:${HOST}\n`);
  openssl("x509", "-req", "-in", file("request.pem"), "-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", file("names"), "-out", file("cert.pem"));

  const city = await openCity({ words: ["--tls-cert", file("cert.pem"), "--tls-key", file("key.pem")], fetchOptions: { skip: true } });
  const port = new URL(city.address).port;
  const words = ["survey", "audit", `https://${HOST}/`, "--map-host", `${HOST}=127.0.0.1:${port}`, "--ca", file("ca.pem"), "--budget", "250", "--out", file("audit")];
  await promisify(execFile)(BINARY, words, { env: { ...process.env, NO_COLOR: "1" }, maxBuffer: 1 << 24, timeout: 600_000 });
  await city.close();

  const browser = await openBrowser();
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 640 } });
    const page = await openPage(context);
    await page.goto(`file://${file("audit/report.html")}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => `${id} ${nodes[0].html.slice(0, 120)}`), [], `report.html, ${colorScheme}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await context.close();
  }
  await browser.close();

  const report = JSON.parse(await readFile(file("audit/report.json"), "utf8"));
  const lines = (await readFile(path.resolve(import.meta.dirname, "../../docs/the-98.csv"), "utf8")).trim().split("\n").slice(1);
  const systems = new Map(lines.map((line) => line.split(",", 2)));
  const unmet = report.criteria.filter(({ value, max }) => value !== max);
  console.log(`Madang's own score: ${report.scores.total} of 100 (${report.pages.fetched} of ${report.pages.known} pages read)`);
  for (const category of report.scores.categories) console.log(`  ${category.id}: ${category.score} of 20`);
  const waiting = new Map();
  for (const { id } of unmet) {
    const system = systems.get(id);
    assert.ok(system, `${id} is unmet and docs/the-98.csv names no system for it`);
    waiting.set(system, [...(waiting.get(system) ?? []), id]);
  }
  for (const [system, ids] of waiting) console.log(`  to be met by ${system}: ${ids.join(" ")}`);
  assert.equal(report.criteria.length, 98);
  assert.ok(report.scores.total >= FLOOR, `the score fell below ${FLOOR}`);
  await rm(folder, { recursive: true, force: true });
});
