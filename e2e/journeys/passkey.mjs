// Passkeys with the browser's own authenticator: made, used without a name or password, refused when not unlocked,
// taken away. An authenticator app beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "../browser.mjs";
import { openCity } from "../city.mjs";
import { look, lookAt } from "../look.mjs";
import { arrive, codeOf, giveAuthenticator, letterTo, register, signIn, signOut } from "../people.mjs";

let city, site, browser, context, page, device, authenticator, codes;

before(async () => {
  city = await openCity();
  // Browsers make passkeys for names, not for numbers.
  site = city.address.replace("127.0.0.1", "localhost");
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await openPage(context);
  ({ device, authenticator } = await giveAuthenticator(page));
});
after(async () => {
  await browser?.close();
  await city?.close();
  assert.deepEqual(city.complaints(), [], "the log stayed clean");
  assert.deepEqual(page.troubles.filter((line) => !/\b422\b/.test(line)), []);
});

const kim = { name: "Kim Minsu", email: "kim@people.example" };

test("a passkey is made, and recovery codes beside it", async () => {
  await register(page, city, site, kim);
  await lookAt(page, `${site}/account/security`);
  await lookAt(page, `${site}/account/security/passkey`);
  await page.fill("#name", "My phone");
  await page.click("form[data-passkey=make] button");
  await arrive(page, "/account/security/codes");
  await page.click('form[action="/account/security/codes"] button');
  assert.equal(await page.locator("ol.secrets li").count(), 10);
  await look(page, "recovery codes");
  const kept = await page.locator("a[download]").getAttribute("href");
  codes = decodeURIComponent(kept.split(",")[1]).trim().split("\n");
  assert.equal(codes.length, 10);
  await page.goto(`${site}/account/security`);
  assert.match(await page.textContent("main"), /My phone/);
  const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId: authenticator });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].isResidentCredential, true);
  assert.equal(credentials[0].rpId, "localhost");
  await letterTo(city, kim.email, /A way to sign in was added/);
});

test("it opens the door without a name or a password, and counts as two factors", async () => {
  await signOut(page);
  await touch(false);
  await lookAt(page, `${site}/sign-in?back=/account/sessions`);
  await touch(true);
  await useIt();
  await arrive(page, "/account/sessions");
  assert.match(await page.textContent("main"), /Passkey/);
  await page.goto(`${site}/sign-in/second?back=/account/security`);
  await arrive(page, "/account/security");
  assert.doesNotMatch(await page.textContent("main"), /Not yet/, "its last use is shown");
});

test("a device that was not unlocked opens nothing", async () => {
  await signOut(page);
  await device.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: false });
  await page.goto(`${site}/sign-in`);
  await page.click("form[data-passkey] button");
  await page.waitForSelector("[data-trouble]:not([hidden])");
  await look(page, "a refused passkey");
  await page.goto(`${site}/account/sessions`);
  await arrive(page, "/sign-in");
  await page.goto(site);
  await device.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: true });
});

test("after the password the passkey is asked, and where it lies at home a recovery code", async () => {
  // Nobody touches the device, so that the browser does not offer the passkey by itself.
  await touch(false);
  await signIn(page, site, kim.email);
  await arrive(page, "/sign-in/second");
  await lookAt(page, `${site}/sign-in/second`);
  assert.match(await page.textContent("main"), /Without your passkey/);
  await page.fill("#code", codes[0]);
  await page.click('form[action="/sign-in/second"] button');
  await arrive(page, "/account");
  await signOut(page);
  await signIn(page, site, kim.email);
  await arrive(page, "/sign-in/second");
  await touch(true);
  await page.click("form[data-passkey] button");
  await arrive(page, "/account");
});

test("a passkey gets another name", async () => {
  await page.goto(`${site}/account/security?lang=en`);
  await page.click('a[href^="/account/security/passkey/pk_"]');
  await look(page, "name of a passkey");
  await page.fill("#name", "Old phone");
  await page.click('form[action^="/account/security/passkey/pk_"] button');
  await arrive(page, "/account/security");
  assert.match(await page.textContent("main"), /Old phone/);
  assert.doesNotMatch(await page.textContent("main"), /My phone/);
});

test("an app is asked after the password, or the passkey instead", async () => {
  await touch(false);
  await page.goto(`${site}/account/security/app`);
  await page.click('form[action="/account/security/app"] button');
  await look(page, "the app's picture");
  const key = await page.textContent("code.secret");
  await page.fill("#code", codeOf(key));
  await page.click('form[action="/account/security/app"] button');
  await arrive(page, "/account/security");
  await signOut(page);
  await signIn(page, site, kim.email);
  await arrive(page, "/sign-in/second");
  await lookAt(page, `${site}/sign-in/second`);
  await page.fill("#code", "000000");
  await page.click('form[action="/sign-in/second"] button');
  await look(page, "a wrong code");
  assert.match(await page.textContent("main"), /This code is not right/);
  await touch(true);
  await page.click("form[data-passkey] button");
  await arrive(page, "/account");
});

test("a passkey that was taken away is not known any more", async () => {
  await page.goto(`${site}/account/security`);
  await page.locator("#passkeys").locator("xpath=..").locator('form[action="/account/security"] button').click();
  await arrive(page, "/account/security");
  assert.doesNotMatch(await page.textContent("main"), /Old phone/);
  await letterTo(city, kim.email, /A way to sign in was removed/);
  await signOut(page);
  await page.goto(`${site}/sign-in`);
  await useIt();
  await arrive(page, "/sign-in/passkey");
  await look(page, "an unknown passkey");
  assert.match(await page.textContent("h1"), /does not open the door/);
});

test("without scripts there is no button that does nothing", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(`${site}/sign-in`);
  assert.equal(await still.locator("form[data-passkey]").isVisible(), false);
  assert.equal(await still.locator("#password").isVisible(), true);
  await plain.close();
});

/** Whether a hand is at the device. */
const touch = (enabled) => device.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: authenticator, enabled });

/** The browser may offer the only passkey by itself; else the button is pressed. */
async function useIt() {
  if (new URL(page.url()).pathname !== "/sign-in") return;
  await page.click("form[data-passkey] button", { timeout: 5000 }).catch(() => {});
}
