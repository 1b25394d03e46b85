// Signing in with other providers: real ones (oidc-provider) on loopback, two at once. What comes back altered, or from
// somebody else, signs nobody in.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look, lookAt } from "../look.mjs";
import { openDatabase } from "../nodes.mjs";
import { arrive, letterTo, register, signOut } from "../people.mjs";
import { SECRET, openProvider } from "../provider.mjs";

const HIGH = "urn:example:high";
const LOW = "urn:example:low";
const NATIONAL = {
  kim: { acr: HIGH, claims: { name: "Kim Minsu", email: "kim@people.example", email_verified: true, national_id: "900101-0000001" } },
  low: { acr: LOW, claims: { name: "Han Low", national_id: "900101-0000009" } },
};
const BANK = {
  minsu: { acr: LOW, claims: { name: "Minsu K.", email: "unconfirmed@people.example", email_verified: false, national_id: "900101 0000001" } },
  kim: { acr: LOW, claims: { name: "Another Kim" } },
  lee: { acr: LOW, claims: { name: "Lee Jiwoo", email: "lee@people.example", email_verified: true } },
};

let folder, city, browser, context, page;
const providers = {};

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "madang-providers-"));
  providers.national = await openProvider(NATIONAL);
  providers.bank = await openProvider(BANK);
  providers.liar = await openLiar(providers.national.issuer);
  await writeFile(path.join(folder, "secret"), SECRET);
  const entry = (id, name, more) => `
[[accounts.providers]]
id = "${id}"
name = { en = "${name}", ko = "${name} 인증" }
issuer = "${providers[id].issuer}"
client_id = "madang"
client_secret_file = "${folder}/secret"
scopes = ["profile", "email"]
private_host = true
${more}`;
  const national = entry("national", "National ID", `acr_values = ["${HIGH}", "${LOW}"]\nacr_high = ["${HIGH}"]\nperson_claim = "national_id"`);
  const bank = entry("bank", "Bank", 'person_claim = "national_id"');
  await writeFile(path.join(folder, "madang.toml"), national + bank + entry("liar", "Liar", ""));
  city = await openCity({ words: ["--config", path.join(folder, "madang.toml")] });
  for (const [id, provider] of Object.entries(providers)) provider.serve(`${city.address}/sign-in/with/${id}/back`);
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await openPage(context);
});
after(async () => {
  await browser?.close();
  await city?.close();
  for (const provider of Object.values(providers)) await provider.close();
  await rm(folder, { recursive: true, force: true });
  // Refused answers and a provider that is gone are for the operator to know; nothing else may complain.
  assert.deepEqual(city.complaints().filter((line) => !/oidc\.refused|a sign-in provider does not answer/.test(line)), []);
  assert.deepEqual(page.troubles.filter((line) => !/\b422\b/.test(line)), []);
});

/** Through the provider's own page as `who`. */
async function signInThere(who) {
  await page.waitForURL((url) => url.pathname.startsWith("/sign-in-here/"));
  await page.fill("input[name=who]", who);
  await page.click("button");
}

/** The provider forgets who was there, and the city too. */
async function asNew() {
  await context.clearCookies();
}

test("both providers are offered, and a resident comes in with the level that the provider told", async () => {
  await lookAt(page, `${city.address}/sign-in`);
  assert.equal(await page.locator('main a[href^="/sign-in/with/"]').count(), 3);
  await page.click('a[href^="/sign-in/with/national"]');
  await signInThere("kim");
  await arrive(page, "/account");
  const mine = await page.textContent("main");
  assert.match(mine, /Kim Minsu/);
  assert.match(mine, /kim@people\.example/);
  assert.match(mine, /Known since/, "the national identifier makes a known resident");
  // The level counts as two factors: the second step has nothing more to ask.
  await page.goto(`${city.address}/sign-in/second?back=/account/security`);
  await arrive(page, "/account/security");
  await lookAt(page, `${city.address}/account/security`);
});

test("a link to the last way in stays", async () => {
  await page.locator('form[action="/account/security"]:has(input[value=link]) button').click();
  await look(page, "the last way in");
  assert.match(await page.textContent("main"), /This cannot be removed/);
});

test("a lower level identifies nobody and is one factor", async () => {
  await asNew();
  await page.goto(`${city.address}/sign-in/with/national`);
  await signInThere("low");
  await arrive(page, "/account");
  assert.match(await page.textContent("main"), /Not confirmed/);
  await page.goto(`${city.address}/sign-in/second`);
  assert.match(await page.textContent("h1"), /A second factor/, "another factor is still to be shown");
  await lookAt(page, `${city.address}/sign-in/second`);
});

test("the same person at another provider has one account, and may sign in to it there", async () => {
  await asNew();
  await page.goto(`${city.address}/sign-in/with/bank?back=/account`);
  await signInThere("minsu");
  await arrive(page, "/account");
  assert.match(await page.textContent("main"), /Kim Minsu/);
  await page.goto(`${city.address}/account/security`);
  assert.equal(await page.locator("input[value=link]").count(), 2);
  assert.doesNotMatch(await page.textContent("main"), /unconfirmed@/);
});

test("the same subject at another provider is somebody else", async () => {
  await asNew();
  await page.goto(`${city.address}/sign-in/with/bank?back=/account`);
  await signInThere("kim");
  await arrive(page, "/account");
  assert.match(await page.textContent("main"), /Another Kim/);
  assert.doesNotMatch(await page.textContent("main"), /Kim Minsu|kim@people/);
});

test("who has an account with that address signs in to it first, then links", async () => {
  await asNew();
  await register(page, city, city.address, { name: "Lee Jiwoo", email: "lee@people.example" });
  await signOut(page);
  await page.goto(`${city.address}/sign-in/with/bank`);
  await signInThere("lee");
  await arrive(page, "/sign-in/with/bank/back");
  await look(page, "an address that is taken");
  assert.match(await page.textContent("h1"), /You have an account already/);
  await page.goto(`${city.address}/sign-in?back=/account/security`);
  await page.fill("#email", "lee@people.example");
  await page.fill("#password", "persimmon tree in the yard");
  await page.click('form[action="/sign-in"] button[type=submit]');
  await arrive(page, "/account/security");
  await page.click('form[action="/account/security/link"]:has(input[value=bank]) button');
  await look(page, "the way to link");
  await page.click(`main a[href^="${providers.bank.issuer}"]`);
  await signInThere("lee");
  await arrive(page, "/account/security");
  assert.equal(await page.locator("input[value=link]").count(), 1);
  await letterTo(city, "lee@people.example", /A way to sign in was added/);
  // Linked now: the next time it opens the door, and proves it again.
  await asNew();
  await page.goto(`${city.address}/sign-in/with/bank?back=/account/security`);
  await signInThere("lee");
  await arrive(page, "/account/security");
  await page.goto(`${city.address}/sign-in/again?back=/account/sessions`);
  await look(page, "proving it again");
  await page.click('main a[href^="/sign-in/with/bank"]');
  await signInThere("lee");
  await arrive(page, "/account/sessions");
});

test("the person, or the provider, may say no", async () => {
  await asNew();
  await page.goto(`${city.address}/sign-in/with/bank?lang=ko`);
  await signInThere("nobody");
  await arrive(page, "/sign-in/with/bank/back");
  await look(page, "a refused sign-in");
  assert.match(await page.textContent("h1"), /본인 확인이 되지 않았어요/);
});

test("a wrong state, another issuer, a nonce that is not ours, a code of another provider and a second use sign nobody in", async () => {
  const right = await walk("national", "kim");
  assert.equal((await finish(right)).status, 303, "unaltered it is accepted");
  const again = await finish(right);
  assert.equal(again.status, 422, "once only");

  const altered = {
    state: (url) => url.searchParams.set("state", "another"),
    "no state": (url) => url.searchParams.delete("state"),
    iss: (url) => url.searchParams.set("iss", providers.bank.issuer),
    "no iss": (url) => url.searchParams.delete("iss"),
    code: (url) => url.searchParams.set("code", "guessed"),
  };
  for (const [what, alter] of Object.entries(altered)) {
    const back = await walk("national", "kim");
    alter(back.url);
    await refused(back, what);
  }
  await refused(await walk("national", "kim", (url) => url.searchParams.set("nonce", "another")), "nonce");
  await refused(await walk("national", "kim", (url) => url.searchParams.set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")), "PKCE");
  const [mine, theirs] = [await walk("national", "kim"), await walk("bank", "minsu")];
  await refused({ url: new URL(`${city.address}/sign-in/with/national/back${theirs.url.search}`), cookie: mine.cookie }, "a code of another provider");
  await refused({ url: (await walk("national", "kim")).url, cookie: (await walk("national", "kim")).cookie }, "another browser's answer");
  await refused({ url: mine.url, cookie: "" }, "no browser of ours");
});

test("on PostgreSQL an account is made once, and the same person finds it again", async () => {
  const database = openDatabase();
  const other = await openCity({ words: ["--config", path.join(folder, "madang.toml"), "--database", database.address] });
  try {
    const count = (table) => database.rows(`SELECT id FROM ${table}`).length;
    for (const [id, who] of [["national", "kim"], ["national", "kim"], ["bank", "minsu"]]) {
      providers[id].serve(`${other.address}/sign-in/with/${id}/back`);
      await asNew();
      await page.goto(`${other.address}/sign-in/with/${id}?back=/account`);
      await signInThere(who);
      await arrive(page, "/account");
      assert.match(await page.textContent("main"), /Kim Minsu[\s\S]*Known since/);
      assert.equal(count("identity_account"), 1, `${who} of ${id} has one account`);
    }
    assert.equal(database.rows("SELECT subject FROM identity_federated").length, 2, "known at both providers");
    assert.equal(count("identity_session"), 3);
  } finally {
    await other.close();
    database.drop();
  }
  assert.deepEqual(other.complaints(), []);
  for (const id of ["national", "bank"]) providers[id].serve(`${city.address}/sign-in/with/${id}/back`);
});

test("a provider that calls itself by another name signs nobody in", async () => {
  const answer = await fetch(`${city.address}/sign-in/with/liar`, { redirect: "manual" });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /Liar does not answer/);
});

test("a provider that is down is said so, and the rest works", async () => {
  await providers.bank.close();
  await asNew();
  // What is known of it is remembered for an hour; its answer to a code is not.
  const answer = await fetch(`${city.address}/sign-in/with/bank`, { redirect: "manual" });
  assert.equal(answer.status, 303);
  assert.equal((await fetch(`${city.address}/sign-in`)).status, 200);
  const back = `${city.address}/sign-in/with/bank/back?code=c&iss=${encodeURIComponent(providers.bank.issuer)}&state=${new URL(answer.headers.get("location")).searchParams.get("state")}`;
  const late = await fetch(back, { redirect: "manual", headers: { cookie: cookies(answer) } });
  assert.equal(late.status, 422);
  assert.match(await late.text(), /Bank does not answer/);
});

function cookies(answer) {
  return answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
}

/** Goes the whole way by hand up to the address that the provider sends back to. */
async function walk(id, who, alter = () => {}) {
  const begun = await fetch(`${city.address}/sign-in/with/${id}`, { redirect: "manual" });
  const url = new URL(begun.headers.get("location"));
  assert.equal(url.searchParams.get("code_challenge_method"), "S256");
  alter(url);
  const jar = new Map();
  let next = url.href;
  for (let steps = 0; steps < 10; steps++) {
    if (next.startsWith(city.address)) return { url: new URL(next), cookie: cookies(begun) };
    const form = next.includes("/sign-in-here/");
    const answer = await fetch(next, {
      redirect: "manual",
      method: form ? "POST" : "GET",
      body: form ? new URLSearchParams({ who }) : undefined,
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=", 2);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    next = new URL(answer.headers.get("location"), next).href;
  }
  throw new Error(`no way back from ${next}`);
}

const finish = ({ url, cookie }) => fetch(url, { redirect: "manual", headers: { cookie } });

async function refused(back, what) {
  const answer = await finish(back);
  assert.equal(answer.status, 422, what);
  assert.ok(!answer.headers.getSetCookie().some((line) => /^session=./.test(line)), what);
}

/** Says of itself that it is another provider. */
async function openLiar(other) {
  const server = http.createServer((request, response) => {
    const metadata = {
      issuer: other,
      authorization_endpoint: `${other}/auth`,
      token_endpoint: `${other}/token`,
      jwks_uri: `${other}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(metadata));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    issuer: `http://127.0.0.1:${server.address().port}`,
    serve() {},
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}
