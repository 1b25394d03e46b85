// What a person's browser does: forms, the proof of work, the code in a letter.
import { createHash } from "node:crypto";
import http from "node:http";

/** One request from an address of one's own; connections are not kept. Breaks off with an error like any other. */
export function ask(address, { method = "GET", headers = {}, body, form, from = "127.0.0.1" } = {}) {
  const sent = form ? new URLSearchParams(form).toString() : body;
  const kind = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...kind, ...headers }, localAddress: from, agent: false, timeout: 40_000 };
    const request = http.request(address, options, (answer) => {
      const parts = [];
      answer.on("error", reject);
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
    });
    request.on("timeout", () => request.destroy(new Error(`no answer: ${method} ${address}`)));
    request.on("error", reject);
    request.end(sent);
  });
}

const field = (text, name) => text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";

/** The form's hidden fields; `work` computes the proof, otherwise waiting pays for it. */
export async function proofOf(page, { work }) {
  const text = (name) => page.match(new RegExp(`data-${name}="([^"]*)"`))[1];
  const fields = { proof: field(page, "proof"), "proof-answer": "" };
  if (work) fields["proof-answer"] = solve(text("proof"), Number(text("bits")), Number(text("parts")));
  return fields;
}

function solve(seed, bits, parts) {
  const good = (part, number) =>
    createHash("sha256").update(`${seed}.${part}.${number}`).digest().readUInt32BE() >>> (32 - bits) === 0;
  return Array.from({ length: parts }, (_, part) => {
    let number = 0;
    while (!good(part, number)) number++;
    return number;
  }).join(".");
}

/** Registers; answers the session's cookie. */
export async function register(address, post, { email, name, password }) {
  const page = (await ask(`${address}/register`)).text;
  const asked = await ask(`${address}/register`, { method: "POST", form: { email, back: "", ...(await proofOf(page, { work: true })) } });
  if (asked.status !== 303) throw new Error(`registering: ${asked.status} ${asked.text.slice(0, 2000)}`);
  const [letter] = await post.waitFor(email, 1);
  const code = letter.subject.match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
  const c = new URL(asked.headers.location, address).searchParams.get("c");
  const made = await ask(`${address}/register/confirm`, { method: "POST", form: { c, code, name, password } });
  return cookieOf(made);
}

export async function signIn(address, { email, password }) {
  return cookieOf(await ask(`${address}/sign-in`, { method: "POST", form: { email, password, back: "" } }));
}

function cookieOf(answer) {
  const cookie = answer.headers["set-cookie"]?.map((line) => line.split(";")[0]).find((line) => line.includes("session="));
  if (answer.status !== 303 || !cookie) throw new Error(`no session: ${answer.status} ${answer.text.slice(0, 2000)}`);
  return cookie;
}
