// The criterion that is shown: its form, its answer, the way to the next.
import { refresh } from './offline.js';

export class Sheet {
  #machine = new Map();

  constructor(desk) {
    this.desk = desk;
    this.holder = desk.find('[data-decision]');
    this.heading = document.querySelector('h1');
    this.heading.tabIndex = -1;
    this.end = document.title.slice(this.heading.textContent.length);
    this.holder.addEventListener('change', () => this.#record());
    this.holder.addEventListener('input', ({ target }) => target.matches('textarea') && this.#record(1000));
    this.holder.addEventListener('submit', (event) => this.#submit(event));
    desk.root.addEventListener('click', (event) => this.#follow(event));
    addEventListener('popstate', () => this.#arrive());
  }

  get form() {
    return this.holder.querySelector('form');
  }

  /** The criterion of the page's address; offline it may be any page of this city. */
  open() {
    const asked = this.#asked();
    if (this.desk.part.has(asked)) {
      this.id = asked;
      if (this.holder.firstElementChild.dataset.id !== asked) this.#draw();
      this.refill(asked);
    } else this.#show(this.#unanswered() ?? this.desk.order[0], { replace: true });
    for (const id of this.desk.order) this.changed(id);
  }

  #asked() {
    return decodeURIComponent(location.pathname.slice(this.desk.address.length + 1));
  }

  #arrive() {
    const asked = this.#asked();
    if (this.desk.part.has(asked)) this.#show(asked, { back: true });
    else location.reload();
  }

  #show(id, { back, replace } = {}) {
    if (!id || id === this.id) return this.focus();
    this.id = id;
    const address = `${this.desk.address}/${id}`;
    if (replace) history.replaceState(null, '', address);
    else if (!back) history.pushState(null, '', address);
    this.#draw();
    this.refill(id);
    this.changed(id);
    this.focus();
  }

  // The site's own markup, as its pages have it.
  #draw() {
    const part = this.desk.part.get(this.id);
    this.holder.innerHTML = part.html;
    this.heading.textContent = part.title;
    document.title = part.title + this.end;
  }

  focus() {
    this.heading.focus({ preventScroll: true });
    if (this.heading.getBoundingClientRect().top < 0) this.heading.scrollIntoView({ block: 'start', behavior: 'instant' });
  }

  next() {
    const after = this.#beside(1);
    if (after) this.#show(after);
    else this.unanswered();
  }

  previous() {
    this.#show(this.#beside(-1));
  }

  goTo(id) {
    this.#show(id);
  }

  unanswered() {
    const open = this.#unanswered();
    if (open) this.#show(open);
    else this.desk.say(this.desk.says('complete'));
  }

  #beside(step) {
    return this.desk.order[this.desk.order.indexOf(this.id) + step];
  }

  #unanswered() {
    const { order, answer } = this.desk;
    const from = order.indexOf(this.id) + 1;
    return [...order.slice(from), ...order.slice(0, from)].find((id) => !answer(id)?.state);
  }

  /** Puts the answer into the form, unless somebody writes in it just now. */
  refill(id) {
    if (id !== this.id || !this.form) return;
    const code = this.desk.answer(id);
    const { elements } = this.form;
    const chosen = code?.state === 'found' ? String(code.value) : code?.state;
    for (const radio of this.holder.querySelectorAll('[name=answer]')) radio.checked = radio.value === chosen;
    elements.flagged.checked = Boolean(code?.flagged);
    const put = (area, text) => document.activeElement !== area && area.value !== text && (area.value = text);
    put(elements.note, code?.note ?? '');
    put(elements.cited, (code?.cited ?? []).join('\n'));
  }

  choose(key) {
    if (!this.#isOpen()) return;
    const radio = this.holder.querySelector(`[name=answer][data-key="${key}"]`);
    if (!radio) return this.desk.say(this.desk.says('notOnScale', key));
    radio.checked = true;
    this.#record();
  }

  flag() {
    if (!this.#isOpen()) return;
    const box = this.form.elements.flagged;
    box.checked = !box.checked;
    this.#record();
    this.desk.say(this.desk.says(box.checked ? 'flagOn' : 'flagOff'));
  }

  write() {
    this.form.elements.note.focus();
  }

  cite(address) {
    if (!this.#isOpen()) return;
    const area = this.form.elements.cited;
    const lines = area.value.split('\n').filter((line) => line.trim());
    if (!lines.includes(address)) area.value = [...lines, address].join('\n');
    this.#record();
    this.desk.say(this.desk.says('cited', address));
  }

  #isOpen() {
    return this.desk.root.dataset.open === 'true';
  }

  #record(wait) {
    if (!this.#isOpen()) return;
    const { desk, id } = this;
    const { elements } = this.form;
    const chosen = this.holder.querySelector('[name=answer]:checked');
    const number = chosen && /^\d+$/.test(chosen.value) ? Number(chosen.value) : null;
    const before = desk.answer(id);
    const answer = {
      criterion: id,
      state: chosen ? (number === null ? chosen.value : 'found') : '',
      value: number,
      note: elements.note.value,
      flagged: elements.flagged.checked,
      cited: elements.cited.value.split('\n').map((line) => line.trim()).filter(Boolean),
      version: before?.version ?? 0,
      at: Date.now(),
    };
    desk.trouble.retry(id);
    // Before there is an answer a note goes to the site too; nothing at all does not.
    const says = answer.state || answer.note || answer.flagged || answer.cited.length || answer.version;
    if (says) desk.outbox.put(answer);
    else desk.outbox.drop(id);
    if (chosen && (before?.state !== answer.state || before?.value !== answer.value)) desk.say(desk.says('chosen', this.said(answer)));
    this.changed(id);
    desk.post.soon(wait);
  }

  /** An answer in a word or two. */
  said({ state, value }) {
    return state === 'found' ? String(value) : state ? this.desk.says(state) : '–';
  }

  /** Whatever shows this answer elsewhere on the page. */
  changed(id) {
    const { desk } = this;
    const code = desk.answer(id);
    const words = code ? this.said(code) : '–';
    const entry = desk.find(`[data-entry="${id}"] [data-entry-state]`);
    if (entry) entry.textContent = code?.flagged ? desk.says('flagged', words) : words;
    if (id !== this.id) return;
    const { category } = desk.part.get(id);
    const done = (ids) => ids.filter((one) => desk.answer(one)?.state).length;
    const count = (ids) => desk.says('count', done(ids), ids.length);
    desk.find('[data-count]').textContent = count(desk.order);
    const of = desk.order.filter((one) => desk.part.get(one).category === category);
    const part = desk.find(`[data-part="${category}"]`);
    part.querySelector('[data-part-text]').textContent = count(of);
    part.querySelector('progress').value = done(of);
    this.#drawMachine(Boolean(code?.state));
  }

  #drawMachine(answered) {
    const place = this.holder.querySelector('[data-machine]');
    const shown = this.#machine.get(this.id);
    if (shown) {
      if (!place.dataset.seen) place.innerHTML = shown;
      place.dataset.seen = 'true';
      return;
    }
    const [later, ask] = ['later', 'ask'].map((word) => place.querySelector(`[data-machine-${word}]`));
    if (later) [later.hidden, ask.hidden] = [answered, !answered];
  }

  /** What the machine found; the site notes that it was seen. */
  async machine() {
    const { desk, id } = this;
    if (!this.holder.querySelector('[data-machine-ask]:not([hidden])')) {
      return this.holder.querySelector('[data-machine]').scrollIntoView({ block: 'nearest' });
    }
    await desk.post.now();
    try {
      const body = new URLSearchParams({ see: 'yes' });
      const answer = await fetch(`${desk.address}/${id}/machine`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      this.#machine.set(id, page.querySelector('[data-machine]').innerHTML);
      if (id === this.id) {
        this.#drawMachine(true);
        const seen = this.holder.querySelector('[data-machine]');
        seen.scrollIntoView({ block: 'nearest' });
        desk.say(seen.textContent);
      }
      refresh(desk);
    } catch {
      desk.say(desk.says('machineOffline'));
      this.holder.querySelector('[data-machine-ask] p').textContent = desk.says('machineOffline');
    }
  }

  #submit(event) {
    event.preventDefault();
    if (event.target.action.endsWith('/machine')) this.machine();
    else if (event.submitter?.value === 'stay') this.desk.post.now();
    else this.next();
  }

  #follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest('[rel=next], [rel=prev], [data-entry] a, [data-trouble] a');
    const id = link && decodeURIComponent(new URL(link.href).pathname.slice(this.desk.address.length + 1));
    if (!id || !this.desk.part.has(id) || id === this.id) return;
    event.preventDefault();
    link.closest('dialog')?.close();
    this.#show(id);
  }
}
