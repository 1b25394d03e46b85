// Single keys, which can be turned off (WCAG 2.1.4), and the two lists that they open.
const OFF = 'desk-keys-off';
const TYPING = 'textarea, select, input:not([type=radio], [type=checkbox])';

/** Latin letters on every keyboard: with Hangul or Cyrillic on, the place of the key counts. */
function letter({ key, code }) {
  if (/^[ -~]$/.test(key)) return key.toLowerCase();
  return code.startsWith('Key') ? code.slice(3).toLowerCase() : '';
}

export function keys(desk) {
  const { sheet } = desk;
  const dialog = (name) => desk.find(`[data-dialog="${name}"]`);
  const show = (name) => dialog(name).showModal();
  const acts = {
    n: () => sheet.next(),
    p: () => sheet.previous(),
    u: () => sheet.unanswered(),
    f: () => sheet.flag(),
    w: () => sheet.write(),
    m: () => sheet.machine(),
    s: () => desk.cite?.(),
    '/': () => show('all'),
    '?': () => show('keys'),
  };
  for (const key of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'x', 'c', 'j']) acts[key] = () => sheet.choose(key);

  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    if (event.target.closest(TYPING)) {
      if (event.key === 'Escape' && desk.root.contains(event.target)) sheet.focus();
      return;
    }
    const act = acts[letter(event)];
    if (!act || localStorage.getItem(OFF)) return;
    event.preventDefault();
    act();
  });

  desk.root.addEventListener('click', (event) => {
    const name = event.target.closest('[data-show]')?.dataset.show;
    if (name) show(name);
  });
  const toggle = desk.find('[data-keys]');
  toggle.checked = !localStorage.getItem(OFF);
  toggle.addEventListener('change', () => {
    if (toggle.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, 'yes');
  });
  filter(desk, dialog('all'));
}

/** Lists the criteria that hold every word; Enter goes to the first. */
function filter(desk, dialog) {
  const field = dialog.querySelector('[data-filter]');
  const entries = [...dialog.querySelectorAll('[data-entry]')];
  const look = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of entries) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !words.every((word) => text.includes(word));
    }
    for (const heading of dialog.querySelectorAll('h3')) {
      heading.hidden = !heading.nextElementSibling.querySelector('[data-entry]:not([hidden])');
    }
  };
  field.addEventListener('input', look);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const first = entries.find((entry) => !entry.hidden);
    if (!first) return;
    dialog.close();
    field.value = '';
    look();
    desk.sheet.goTo(first.dataset.entry);
  });
}
