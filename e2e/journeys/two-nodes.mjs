// Two nodes on one PostgreSQL behind nginx: a session holds on both, and kill -9 of one loses and doubles nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openNodes } from "../nodes.mjs";
import { ask, proofOf, register, signIn } from "../forms.mjs";
import { openPost } from "../post.mjs";

const LETTERS = 40;
const WRITERS = 8;
/** Jobs that one node does at a time. */
const WORKERS = 4;
/** A node that dies with a job in its hands is taken for dead after this. */
const LEASE = 60_000;
const KIM = { email: "kim@city.example", name: "Kim Minsu", password: "seven grey herons wade" };

let city, post, forms, asked;
before(async () => {
  post = await openPost({ slowly: 800 });
  // Passwords are cheap here; one machine sends what many people would.
  const settings = `[limits]\nposts_per_minute = 100000\nseconds_per_request = 10\n
[accounts]\npassword_kibibytes = 8\npassword_passes = 1\n
[letters.smtp]\nhost = "127.0.0.1"\nport = ${post.port}\ntls = "none"\n`;
  city = await openNodes({ settings });
  forms = await emptyForms();
  asked = Date.now();
});
after(async () => {
  const ends = await city?.close();
  post?.close();
  assert.deepEqual(ends?.map(({ code }) => code), [0, 0]);
});

const pageOf = (node, where, cookie) => ask(city.nodes[node].address + where, { headers: { cookie } });

/** Until the node has noticed: how many milliseconds that took. */
async function signedOutOn(node, cookie) {
  const began = Date.now();
  while ((await pageOf(node, "/account", cookie)).status !== 303) {
    if (Date.now() - began > 10_000) break;
    await pause(50);
  }
  return Date.now() - began;
}

test("who signed in on one node acts on the other, and is signed out on both", async () => {
  const first = await register(city.address, post, KIM);
  const second = await signIn(city.nodes[0].address, KIM);
  for (const node of [0, 1]) {
    const page = await pageOf(node, "/account", second);
    assert.equal(page.status, 200);
    assert.match(page.text, /Kim Minsu/);
  }
  assert.equal((await pageOf(0, "/account", first)).status, 200);
  const act = { method: "POST", headers: { cookie: second }, form: { session: "others" } };
  assert.equal((await ask(`${city.nodes[1].address}/account/sessions`, act)).status, 303);
  const ended = await signedOutOn(0, first);
  assert.ok(ended < 2000, `ended on the other node after ${ended} ms`);
  assert.equal((await pageOf(0, "/account", second)).status, 200, "the session that acted goes on");
  const out = await ask(`${city.nodes[0].address}/sign-out`, { method: "POST", headers: { cookie: second }, form: {} });
  assert.equal(out.status, 303);
  const noticed = await signedOutOn(1, second);
  assert.ok(noticed < 2000, `signed out on the other node after ${noticed} ms`);
});

test("kill -9 of one node loses no letter and no act, and doubles none", async () => {
  const kim = await signIn(city.nodes[0].address, KIM);
  // Nobody computes for these forms: twenty seconds pay.
  await pause(asked + 21_000 - Date.now());
  await Promise.all(forms.map(({ fields, from }) => send(fields, from)));
  const writing = await writers();
  while (post.letters.length < 12) await pause(20);
  while (writing.done.length < 40) await pause(5);
  const killed = Date.now();
  const log = city.nodes[0].log;
  await city.nodes[0].kill();
  assert.equal((await pageOf(1, "/account", kim)).status, 200, "a session outlives the node that opened it");
  const behind = await ask(`${city.address}/account`, { headers: { cookie: kim } });
  assert.equal(behind.status, 200, "readers notice nothing");
  await city.start(0);
  await writing.end();
  await everyActOnce(writing);
  await everyLetterOnce(killed);
  const complaints = [...log, ...city.nodes.flatMap((node) => node.log)].filter((line) => /\b(WARN|ERROR|panicked)\b/.test(line));
  assert.deepEqual(complaints, [], "nothing here is worth waking an operator");
});

async function emptyForms() {
  const form = async (_, nth) => {
    // Five letters an hour go to one network's stranger without more ado.
    const from = `127.0.1.${1 + Math.floor(nth / 5)}`;
    const page = await ask(`${city.address}/register`, { from });
    return { from, fields: { email: `letter-${nth}@city.example`, back: "", ...(await proofOf(page.text, { work: false })) } };
  };
  return Promise.all(Array.from({ length: LETTERS }, form));
}

async function send(form, from) {
  const answer = await ask(`${city.address}/register`, { method: "POST", form, from });
  assert.equal(answer.status, 303, answer.text.slice(0, 2000));
}

/** Each letter was sent, once; again only what the dead node had in its hands, under the same Message-ID. */
async function everyLetterOnce(killed) {
  const unsent = () => city.database.rows("SELECT id FROM letters_delivery WHERE state <> 'sent'").length;
  while (unsent() > 0 && Date.now() - killed < LEASE + 30_000) await pause(500);
  assert.equal(unsent(), 0, "letters that nobody brought on their way");
  let doubled = 0;
  for (const { fields } of forms) {
    const found = post.letters.filter(({ to }) => to === fields.email);
    const ids = new Set(found.map(({ id }) => id));
    assert.equal(ids.size, 1, `one letter to ${fields.email}`);
    if (found.length === 1) continue;
    doubled++;
    assert.equal(found.length, 2);
    const [before, afterwards] = found.map(({ at }) => at);
    const when = `${fields.email}: ${before - killed} ms and ${afterwards - killed} ms after the kill`;
    assert.ok(before <= killed + 1000 && afterwards - before > 40_000, `again only when its node was dead for long; ${when}`);
  }
  const jobs = city.database.rows("SELECT kind FROM record_job WHERE kind = 'letters.deliver'").length;
  console.log(`${forms.length} letters, ${doubled} in the hands of the killed node and sent again under their Message-ID`);
  assert.ok(doubled >= 1, "the kill met no letter under way: it proves nothing");
  assert.ok(doubled <= WORKERS, `${doubled} sent twice`);
  assert.equal(jobs, 0, "jobs that are left over");
}

/** Keeps scorecards, each under a key of its own, until told to end; each is asked for until it is known to be kept. */
async function writers() {
  const instrument = await ask(`${city.address}/api/v1/survey/instruments/madang-2026`);
  const sheet = ["criterion,value", ...JSON.parse(instrument.text).criteria.map(({ id }) => `${id},0`)].join("\n");
  const writing = { done: [], met: { broken: 0, underWay: 0, looked: 0 }, over: false };
  let begun = 0;
  const writer = async () => {
    while (!writing.over) {
      writing.done.push(await writeOne(`act-${begun++}`, sheet, writing.met));
      // The kill must meet somebody; afterwards there is time.
      if (writing.met.broken > 0) await pause(50);
    }
  };
  const all = Promise.all(Array.from({ length: WRITERS }, writer));
  return Object.assign(writing, { end: () => ((writing.over = true), all) });
}

function keepScorecard(name, key, sheet) {
  const headers = { "content-type": "text/csv", "idempotency-key": key };
  return ask(`${city.address}/api/v1/survey/scorecards?instrument=madang-2026&name=${name}`, { method: "POST", headers, body: sheet });
}

async function writeOne(name, sheet, met) {
  let key = name;
  for (const began = Date.now(); Date.now() - began < 60_000; await pause(100)) {
    const answer = await keepScorecard(name, key, sheet).catch(() => ({ status: 0, text: "" }));
    if (answer.status === 201) return { name, key, sheet, location: answer.headers.location };
    if (answer.status === 409 && answer.text.includes("under way")) met.underWay++;
    else if (answer.status === 409 && answer.text.includes("not known")) {
      // The promise for an act whose node died: never done twice under one key. Whether it was done is to be looked up.
      met.looked++;
      const [row] = city.database.rows(`SELECT id FROM survey_scorecard WHERE name = '${name}'`);
      if (row) return { name, location: `/api/v1/survey/scorecards/${row[0]}` };
      key = `${name}-again`;
    } else if ([0, 502, 503, 504].includes(answer.status)) met.broken++;
    else assert.fail(`${name}: ${answer.status} ${answer.text}`);
  }
  return assert.fail(`${name} was never acknowledged`);
}

async function everyActOnce({ done, met }) {
  console.log(`${done.length} acts; ${met.broken} broken off, ${met.underWay} told to wait, ${met.looked} told to look`);
  assert.ok(met.broken >= 1, "the kill met no request: it proves nothing");
  assert.equal(new Set(done.map(({ location }) => location)).size, done.length);
  const counts = city.database.rows("SELECT name, COUNT(*) FROM survey_scorecard GROUP BY name");
  assert.deepEqual(counts.filter(([, count]) => count !== "1"), [], "kept more than once");
  assert.deepEqual(counts.map(([name]) => name).sort(), done.map(({ name }) => name).sort());
  for (const [nth, { name, key, sheet, location }] of done.entries()) {
    const { status } = await ask(city.nodes[nth % 2].address + location);
    assert.equal(status, 200, `${name} at ${location}`);
    if (!key) continue;
    const again = await keepScorecard(name, key, sheet);
    assert.deepEqual([again.status, again.headers.location, again.headers["idempotent-replayed"]], [201, location, "true"]);
  }
}
