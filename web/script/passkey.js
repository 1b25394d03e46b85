// Passkeys (W3C Web Authentication): forms with data-passkey show themselves where the browser knows passkeys, and go
// off with its answer.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const known = (list) => list?.map((credential) => ({ ...credential, id: bytes(credential.id) }));

let offered;

async function ask(form) {
  const answer = await fetch(form.dataset.question, { method: 'POST', headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
  return answer.json();
}

async function make({ publicKey }) {
  const { challenge, user, excludeCredentials } = publicKey;
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: known(excludeCredentials),
    },
  });
  const { attestationObject, clientDataJSON } = made.response;
  return sent(made, { attestationObject, clientDataJSON });
}

async function prove({ publicKey }, more) {
  const { challenge, allowCredentials } = publicKey;
  const proof = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(challenge), allowCredentials: known(allowCredentials) },
    ...more,
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = proof.response;
  return sent(proof, { authenticatorData, clientDataJSON, signature, userHandle });
}

function sent(credential, response) {
  const written = Object.entries(response).map(([name, value]) => [name, value && text(value)]);
  const { id, rawId, type } = credential;
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(written), clientExtensionResults: {} });
}

function go(form, ceremony, answer) {
  form.elements.ceremony.value = ceremony;
  form.elements.answer.value = answer;
  form.submit();
}

async function act(event) {
  event.preventDefault();
  const form = event.target;
  const trouble = form.querySelector('[data-trouble]');
  trouble.hidden = true;
  offered?.abort();
  try {
    const question = await ask(form);
    go(form, question.ceremony, await (form.dataset.passkey === 'make' ? make(question) : prove(question)));
  } catch {
    trouble.hidden = false;
  }
}

// The browser lists this device's passkeys below a field with autocomplete="… webauthn".
async function offer(form) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  offered = new AbortController();
  try {
    const question = await ask(form);
    go(form, question.ceremony, await prove(question, { mediation: 'conditional', signal: offered.signal }));
  } catch {
    // Nobody chose one; the button is still there.
  }
}

if ('PublicKeyCredential' in window) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', act);
    if (form.dataset.passkey === 'offer') offer(form);
  }
}
