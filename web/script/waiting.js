// Answers of the evaluator's desk that the site has not taken yet: their owner is shown them before signing out, once. Who
// signs out nevertheless leaves them here under their own name, and nothing else; nobody else is shown them.
const WARNED = 'desk-warned';
const OURS = 'desk:';

const waiting = () => Object.keys(localStorage).filter((name) => name.startsWith(OURS));

/** The page of an answer that waits and is this reader's: the site opens no other. */
async function own() {
  for (const address of waiting().map((name) => name.slice(name.indexOf('/')))) {
    const answer = await fetch(address, { method: 'HEAD', redirect: 'manual' }).catch(() => undefined);
    if (answer?.ok) return address;
  }
  return undefined;
}

async function leave(form) {
  const address = sessionStorage.getItem(WARNED) ? undefined : await own();
  if (address) {
    sessionStorage.setItem(WARNED, 'yes');
    if (location.pathname.startsWith(address.slice(0, address.lastIndexOf('/') + 1))) dispatchEvent(new CustomEvent('desk-leaving'));
    else location.assign(`${address}#leaving`);
    return;
  }
  sessionStorage.clear();
  for (const name of Object.keys(localStorage)) if (!name.startsWith(OURS)) localStorage.removeItem(name);
  if ('caches' in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'keep', value: 'work' }));
  form.submit();
}

for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  form.addEventListener('submit', (event) => {
    if (!waiting().length) return;
    event.preventDefault();
    leave(form);
  });
}
