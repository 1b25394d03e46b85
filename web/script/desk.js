// The evaluator's desk in place: an answer by a key, kept in this browser at once, sent when there is a network; no page
// is loaded between criteria. The same pages do everything without this file.
import { beside } from './desk/beside.js';
import { keys } from './desk/keys.js';
import { keep, load } from './desk/offline.js';
import { Outbox } from './desk/outbox.js';
import { Post } from './desk/post.js';
import { Sheet } from './desk/sheet.js';
import { Trouble } from './desk/trouble.js';

const place = document.querySelector('[data-desk]');
if (place) open(place);

async function open(root) {
  const { desk: address, reader, says: words } = root.dataset;
  const says = (word, number = '', all = '') => JSON.parse(words)[word].replace('##', all).replace('#', number);
  const desk = { root, address, reader, says, find: (what) => root.querySelector(what) };
  desk.say = (text) => (desk.find('[data-said]').textContent = text);
  for (const live of root.querySelectorAll('[data-live]')) live.hidden = false;
  root.dataset.live = '';

  const bundle = await load(desk);
  if (!bundle) return;
  desk.bundle = bundle;
  desk.order = bundle.criteria.map(({ id }) => id);
  desk.part = new Map(bundle.criteria.map((part) => [part.id, part]));
  desk.kept = new Map(Object.entries(bundle.codes));
  desk.outbox = new Outbox(reader, address);
  desk.answer = (id) => desk.outbox.get(id) ?? desk.kept.get(id);
  desk.trouble = new Trouble(desk);
  desk.post = new Post(desk);
  desk.sheet = new Sheet(desk);
  beside(desk);
  keys(desk);
  desk.sheet.open();
  desk.post.soon();
  root.dataset.ready = '';
  const leaving = () => (desk.trouble.leaving(), desk.post.now());
  if (location.hash === '#leaving') leaving();
  addEventListener('desk-leaving', leaving);
  keep(desk);
}
