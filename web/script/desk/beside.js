// The archive beside the criterion: found while one types, shown without leaving the page, and kept for a time offline
// once it was opened.
import { canOpen } from './offline.js';

export function beside(desk) {
  const field = desk.find('.desk-find [data-find]');
  if (!field) return;
  const { pages } = desk.bundle;
  const list = desk.find('[data-found]');
  const texts = pages.map((page) => `${page.title} ${page.address}`.toLowerCase());
  const piece = (name) => desk.find(`template[data-piece="${name}"]`).content.cloneNode(true);

  const row = (page) => {
    const made = piece('row');
    const link = made.querySelector('a');
    link.textContent = page.title;
    link.href = `?${new URLSearchParams({ find: field.value, page: page.address })}`;
    made.querySelector('span').textContent = page.address;
    return made;
  };
  const look = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = pages.filter((_, at) => words.every((word) => texts[at].includes(word)));
    list.querySelector('ul').replaceChildren(...found.slice(0, Number(list.dataset.most)).map(row));
    desk.find('[data-found-count]').textContent = desk.says('pages', found.length);
  };
  field.addEventListener('input', look);
  field.closest('form').addEventListener('submit', (event) => {
    event.preventDefault();
    look();
  });

  const show = async (page) => {
    if (!(await canOpen(desk, page))) return desk.say(desk.says('pageOffline'));
    const made = piece('kept');
    const put = (what, text) => (made.querySelector(what).textContent = text);
    put('figcaption b', page.title);
    put('figcaption span', page.address);
    const frame = made.querySelector('iframe');
    Object.assign(frame, { title: page.title, src: page.page });
    const picture = made.querySelector('img');
    if (page.picture) picture.src = page.picture;
    else picture.closest('details').remove();
    desk.find('[data-shown]').replaceChildren(made);
    desk.shown = page.address;
  };
  list.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const asked = new URL(link.href).searchParams.get('page');
    show(pages.find((page) => page.address === asked));
  });

  desk.shown = desk.find('[data-kept]')?.dataset.kept;
  desk.cite = () => (desk.shown ? desk.sheet.cite(desk.shown) : desk.say(desk.says('noPage')));
  desk.find('[data-cite]').addEventListener('click', desk.cite);
}
