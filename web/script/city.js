// Niceties only: every page works without this file.
import './folds.js';
import './notices.js';
import './proof.js';
import './waiting.js';

if ('serviceWorker' in navigator) {
  addEventListener('load', () => navigator.serviceWorker.register('/sw.js').catch(() => {}));
}

// One open fold of the header at a time; Escape closes it and gives the focus back.
const folds = [...document.querySelectorAll('.masthead details, .display')];
for (const fold of folds) {
  fold.addEventListener('toggle', () => {
    if (fold.open) for (const other of folds) if (other !== fold) other.open = false;
  });
}
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = folds.find((fold) => fold.open);
  if (open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});

// After a refused form the summary of errors is read first.
document.querySelector('.ds-error-summary')?.focus();
