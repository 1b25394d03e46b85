// kill -9 in the middle of writing, many times: what was acknowledged is there afterwards.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openCity } from "../city.mjs";

const KILLS = 12;

test(`${KILLS} times kill -9 during writes loses nothing that was acknowledged`, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "madang-kill-"));
  const acknowledged = [];
  const refused = [];
  let sheet = "";
  for (let round = 0; round < KILLS; round++) {
    const city = await openCity({ folder });
    if (!sheet) {
      const { criteria } = await (await fetch(`${city.address}/api/v1/survey/instruments/madang-2026`)).json();
      sheet = ["criterion,value", ...criteria.map(({ id }) => `${id},0`)].join("\n");
    }
    let alive = true;
    const writers = Array.from({ length: 8 }, async () => {
      while (alive) {
        const answer = await fetch(`${city.address}/api/v1/survey/scorecards?instrument=madang-2026&name=Kill`, {
          method: "POST",
          headers: { "content-type": "text/csv" },
          body: sheet,
        }).catch(() => null);
        if (answer?.status === 201) acknowledged.push(answer.headers.get("location"));
        else if (answer && answer.status !== 429) refused.push((await answer.text()).slice(0, 200));
        else await pause(20);
      }
    });
    await pause(300 + Math.random() * 500);
    await city.kill();
    alive = false;
    await Promise.all(writers);
  }
  const city = await openCity({ folder });
  const lost = [];
  for (const location of acknowledged) {
    const answer = await fetch(city.address + location);
    if (answer.status !== 200) lost.push(location);
  }
  await city.close();
  await rm(folder, { recursive: true, force: true });
  assert.deepEqual(refused, []);
  console.log(`${acknowledged.length} acknowledged over ${KILLS} kills, ${lost.length} lost`);
  assert.ok(acknowledged.length >= KILLS * 3, `too few writes to prove anything: ${acknowledged.length}`);
  assert.deepEqual(lost, []);
});

test("a stop in the middle of a request ends gracefully", async () => {
  const city = await openCity();
  const answers = Array.from({ length: 20 }, () => fetch(`${city.address}/survey`).then((answer) => answer.status));
  await Promise.all(answers);
  const { code } = await city.close();
  assert.equal(code, 0);
});
