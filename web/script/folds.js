// Parts of a long page are open; on a phone they are folded, but for the one that the address leads to.
const folds = [...document.querySelectorAll('details[data-fold]')];

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target?.closest('details[data-fold]');
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}

if (folds.length) {
  if (matchMedia('(max-width: 40rem)').matches) for (const fold of folds) fold.open = false;
  reveal();
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => folds.forEach((fold) => (fold.open = true)));
}
