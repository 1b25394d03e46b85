// A round for a journey: made-up sites on this machine, captured as sites are, and people who read them.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { BINARY } from "./city.mjs";

const run = promisify(execFile);

/** A small site of a city: a few pages that link to each other. */
export async function openSite(name) {
  const pages = {
    "/": ["Home", "Welcome to the city. Pay fees, read the budget, tell us what you think."],
    "/privacy": ["Your data", `The city of ${name} collects your name and address to answer you. Ask privacy@city.example.`],
    "/fees": ["Pay fees", "Pay the waste fee online by card."],
    "/budget": ["The budget", "What the city spends in 2026."],
  };
  const links = Object.entries(pages).map(([at, [title]]) => `<li><a href="${at}">${title}</a></li>`);
  const server = http.createServer((request, answer) => {
    const [title, text] = pages[new URL(request.url, "http://x").pathname] ?? [];
    if (!title) return answer.writeHead(404).end();
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="en"><title>${title} – ${name}</title><style>h1{color:#046}</style><h1>${title}</h1><p>${text}</p><ul>${links.join("")}</ul></html>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { name, address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** What a city's configuration says, so that it may look at sites on this machine. */
export function configure(folder) {
  const config = path.join(folder, "journey.toml");
  const said = ["[survey]", "workers = 0", "[survey.capture]", "allow_private = true"];
  writeFileSync(config, said.join("\n"));
  return config;
}

/** The commands of a round on a city's folder. */
function terminal(folder, config) {
  const place = ["--data", folder, "--config", config];
  return async (...words) => (await run(BINARY, [...words, ...place])).stdout;
}

/** Opens a round with these sites and has them captured, by the commands of the terminal. */
export async function openRound(folder, config, sites) {
  const madang = terminal(folder, config);
  const list = path.join(folder, "cities.csv");
  const rows = sites.map(({ name, address }) => `${name},KR,asia,yes,en ko,${address},${name.toLowerCase()}`);
  writeFileSync(list, `name,country,region,oecd,languages,address,slug\n${rows.join("\n")}\n`);
  await madang("survey", "round", "new", "spring", "--title", "Spring round", "--budget", "10");
  await madang("survey", "round", "import-cities", "spring", list);
  await madang("survey", "round", "capture", "spring");
}

/** Appoints evaluators by their e-mail addresses, gives every city two of them and begins the reading. */
export async function giveCities(address, folder, config, emails) {
  const madang = terminal(folder, config);
  await madang("administrator", "head@city.example");
  const key = (await madang("token", "head@city.example", "--scope", "people.roles")).trim();
  for (const email of emails) {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": email };
    const body = JSON.stringify({ email, role: "evaluator" });
    const answer = await fetch(`${address}/api/v1/people/roles`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`a role: ${answer.status} ${await answer.text()}`);
  }
  const list = path.join(folder, "evaluators.csv");
  writeFileSync(list, `account,languages\n${emails.map((email) => `${email},en ko`).join("\n")}\n`);
  await madang("survey", "round", "import-evaluators", "spring", list);
  await madang("survey", "round", "assign", "spring");
  await madang("survey", "round", "advance", "spring");
}

/** The wire between browsers and a city, which can be cut. */
export async function openWire(address) {
  const { port: to, hostname } = new URL(address);
  const open = new Set();
  let cut = false;
  const server = net.createServer((near) => {
    if (cut) return near.destroy();
    const far = net.connect(Number(to), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.on("close", () => (open.delete(one), other.destroy())).on("error", () => {});
      one.pipe(other);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://localhost:${server.address().port}`,
    cut() {
      cut = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => (cut = false),
    close: () => (server.close(), [...open].forEach((socket) => socket.destroy())),
  };
}
