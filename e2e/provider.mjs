// A real OpenID provider (oidc-provider, certified) on loopback, with a sign-in page of its own.
import http from "node:http";
import { Provider } from "oidc-provider";

export const SECRET = "a secret that only the portal and the provider know";

/** The port is open at once; `serve` starts the provider when the portal's address is known. */
export async function openProvider(people) {
  let answer = (request, response) => response.writeHead(503).end();
  const server = http.createServer((request, response) => answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  return {
    issuer,
    serve(redirect_uri) {
      const provider = new Provider(issuer, settings(people, redirect_uri));
      const ready = provider.callback();
      answer = (request, response) => {
        const uid = request.url.match(/^\/sign-in-here\/([\w-]+)$/)?.[1];
        if (request.url === "/favicon.ico") return response.writeHead(204).end();
        return uid ? interact(provider, people, request, response) : ready(request, response);
      };
    },
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

function settings(people, redirect_uri) {
  return {
    clients: [{ client_id: "madang", client_secret: SECRET, redirect_uris: [redirect_uri], response_types: ["code"], grant_types: ["authorization_code"] }],
    pkce: { required: () => true },
    acrValues: ["urn:example:high", "urn:example:low"],
    claims: { openid: ["sub", "national_id"], profile: ["name"], email: ["email", "email_verified"], acr: null, auth_time: null },
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/sign-in-here/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id].claims }) }),
    // Whoever signs in agrees.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  };
}

async function interact(provider, people, request, response) {
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end('<!doctype html><html lang="en"><title>Provider</title><form method="post"><label>Who? <input name="who"></label><button>Sign in</button></form>');
    return;
  }
  const body = [];
  for await (const part of request) body.push(part);
  const who = new URLSearchParams(Buffer.concat(body).toString()).get("who");
  const result = people[who] ? { login: { accountId: who, acr: people[who].acr } } : { error: "access_denied" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
