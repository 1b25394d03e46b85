// Notices when a letter came (web push): the form shows itself where the browser can, and takes its subscription along.
const can = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

for (const place of can ? document.querySelectorAll('[data-notices]') : []) {
  const form = place.querySelector('form');
  place.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const { pushManager } = await navigator.serviceWorker.ready;
      const applicationServerKey = place.dataset.notices;
      const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
      form.elements.subscription.value = JSON.stringify(subscription);
      form.submit();
    } catch {
      const told = place.querySelector('[role=status]');
      told.textContent = told.dataset.refused;
    }
  });
}
