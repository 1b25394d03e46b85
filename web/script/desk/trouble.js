// Answers that were changed elsewhere: both are shown, and the evaluator decides. And what hinders saving.
export class Trouble {
  #of = new Map();

  constructor(desk) {
    this.desk = desk;
    this.place = desk.find('[data-trouble]');
    this.place.addEventListener('click', (event) => {
      const act = event.target.closest('[data-act]')?.dataset.act;
      if (act) this.#decide(this.desk.sheet.id, act);
    });
  }

  has(id) {
    return this.#of.has(id);
  }

  add(id, trouble) {
    this.#of.set(id, trouble);
    this.desk.say(trouble.why ?? this.desk.says('decide', id));
  }

  /** What to do about the first of them; nothing when there is none. */
  stuck() {
    const [first] = this.#of;
    return first && (first[1].why ?? this.desk.says('decide', first[0]));
  }

  /** A new answer is tried anew. */
  retry(id) {
    if (this.#of.get(id)?.why) this.#of.delete(id);
  }

  #decide(id, act) {
    const { kept } = this.#of.get(id);
    const { desk } = this;
    this.#of.delete(id);
    desk.kept.set(id, kept);
    if (act === 'mine') desk.outbox.put({ ...desk.outbox.get(id), version: kept.version, at: Date.now() });
    else desk.outbox.drop(id);
    desk.sheet.refill(id);
    desk.sheet.changed(id);
    desk.sheet.focus();
    desk.post.soon();
  }

  /** Signing out waits until the evaluator has read this. */
  leaving() {
    this.left = true;
    this.desk.say(this.desk.says('leaving'));
    this.place.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  /** What stands above the criterion: the one to decide, or what hinders saving. */
  notice(word) {
    const { desk, place } = this;
    const here = desk.sheet && this.#of.get(desk.sheet.id);
    const other = [...this.#of.keys()].find((id) => id !== desk.sheet?.id);
    const leaving = this.left && word !== 'saved';
    const key = JSON.stringify([word, here, other, leaving]);
    if (place.dataset.shows === key) return;
    place.dataset.shows = key;
    if (here?.kept) place.replaceChildren(this.#conflict(here.kept));
    else if (here) place.replaceChildren(this.#line(here.why));
    else if (other) place.replaceChildren(this.#line(desk.says('decide', other), other, `${desk.address}/${other}`));
    else if (word === 'signIn') place.replaceChildren(this.#line(desk.says('signIn'), desk.says('signInLink'), location.href));
    else if (word === 'closed') place.replaceChildren(this.#line(desk.says('closed')));
    else if (leaving) place.replaceChildren(this.#line(desk.says('leaving')));
    else place.replaceChildren();
  }

  #piece(name) {
    return this.desk.find(`template[data-piece="${name}"]`).content.cloneNode(true);
  }

  #line(text, label = '', href = '') {
    const piece = this.#piece('notice');
    piece.querySelector('[data-title]').textContent = text;
    const link = piece.querySelector('[data-link]');
    if (!href) link.remove();
    else Object.assign(link, { href, textContent: label });
    return piece;
  }

  #conflict(kept) {
    const { desk } = this;
    const piece = this.#piece('conflict');
    const said = (code) => [desk.sheet.said(code), code.note].filter(Boolean).join(' – ');
    const put = (what, text) => (piece.querySelector(what).textContent = text);
    put('[data-title]', desk.says('conflict'));
    put('[data-theirs]', desk.says('theirs', said(kept)));
    put('[data-mine]', desk.says('mine', said(desk.outbox.get(desk.sheet.id))));
    put('[data-act=mine]', desk.says('keepMine'));
    put('[data-act=theirs]', desk.says('takeOther'));
    return piece;
  }
}
