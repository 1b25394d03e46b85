// Brings waiting answers to the site: in bundles, not more often than every two seconds, again and again until it has
// taken them.
import { keepCodes } from './offline.js';

const SOON = 250;
const PACE = 2000;
const LONGEST = 60_000;

export class Post {
  #timer;
  #sending;
  #last = 0;
  #tries = 0;
  #state = '';

  constructor(desk) {
    this.desk = desk;
    this.channel = 'BroadcastChannel' in window ? new BroadcastChannel(`desk:${desk.address}`) : undefined;
    this.channel?.addEventListener('message', ({ data }) => this.#heard(data));
    addEventListener('online', () => this.now());
    addEventListener('offline', () => this.#tell());
    addEventListener('visibilitychange', () => (document.hidden ? this.#leave() : this.now()));
    addEventListener('pagehide', () => this.#leave());
  }

  waiting() {
    return this.desk.outbox.all().filter(({ criterion }) => !this.desk.trouble.has(criterion));
  }

  soon(wait = SOON) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), Math.max(wait, this.#last + PACE - Date.now()));
    this.#tell();
  }

  /** Resolves when what waits now was sent, or could not be. */
  now() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  async #send() {
    const waiting = this.waiting();
    if (!waiting.length) return this.#turn('');
    if (!navigator.onLine) return this.#tell();
    this.#last = Date.now();
    this.#turn('saving');
    try {
      const answer = await this.#carry(waiting);
      if (answer.ok) {
        for (const outcome of (await answer.json()).answers) this.#take(outcome, waiting);
        this.#tries = 0;
        keepCodes(this.desk);
        this.#turn('');
        if (this.waiting().length) this.soon();
      } else if (answer.status === 401 || answer.status === 403) this.#turn('signIn');
      else if (answer.status === 409) this.#turn('closed');
      else this.#again(Number(answer.headers.get('retry-after')) * 1000);
    } catch {
      this.#again(0);
    }
  }

  #carry(waiting, more = {}) {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const body = JSON.stringify({ answers: waiting });
    return fetch(`${this.desk.address}/codes`, { method: 'POST', headers, body, ...more });
  }

  #take({ outcome, criterion, version, kept, why }, sent) {
    const { kept: codes, outbox, sheet, trouble } = this.desk;
    const { at, ...answer } = sent.find((one) => one.criterion === criterion);
    if (outcome === 'kept') {
      codes.set(criterion, { ...answer, version });
      outbox.taken(criterion, at, version);
      this.channel?.postMessage({ criterion, code: codes.get(criterion) });
    } else trouble.add(criterion, outcome === 'conflict' ? { kept } : { why });
    sheet.changed(criterion);
  }

  #heard({ criterion, code }) {
    this.desk.kept.set(criterion, code);
    if (!this.desk.outbox.get(criterion)) this.desk.sheet.refill(criterion);
  }

  #again(wait) {
    this.#tries += 1;
    this.#turn('waiting');
    this.soon(wait || Math.min(LONGEST, 1000 * 2 ** this.#tries));
  }

  /** The page goes away: what waits is kept here, and tried once more. */
  #leave() {
    const waiting = this.waiting();
    if (waiting.length && !this.#sending) this.#carry(waiting, { keepalive: true }).catch(() => {});
  }

  #turn(state) {
    this.#state = state;
    this.#tell();
  }

  #tell() {
    const { desk } = this;
    const number = this.waiting().length;
    const stuck = desk.trouble.stuck();
    let word = number ? this.#state || 'saving' : stuck ? 'decide' : 'saved';
    if (number && !navigator.onLine) word = 'offline';
    const shown = desk.find('[data-state]');
    if (shown.dataset.state !== word && ['offline', 'signIn', 'closed'].includes(word)) desk.say(desk.says(word, number));
    shown.dataset.state = word;
    desk.find('[data-state-words]').textContent = word === 'decide' ? stuck : desk.says(word, number);
    desk.trouble.notice(word);
  }
}
