// Answers that the site has not taken yet, one key each in localStorage: they outlive a reload and a crash, and tabs do
// not overwrite each other.
export class Outbox {
  constructor(reader, address) {
    this.prefix = `desk:${reader}:${address}/`;
  }

  get(id) {
    const kept = localStorage.getItem(this.prefix + id);
    return kept ? JSON.parse(kept) : undefined;
  }

  put(answer) {
    localStorage.setItem(this.prefix + answer.criterion, JSON.stringify(answer));
  }

  /** Takes it away unless it was changed since `at`; then the next one changes `version`. */
  taken(id, at, version) {
    const now = this.get(id);
    if (!now || now.at === at) localStorage.removeItem(this.prefix + id);
    else this.put({ ...now, version });
  }

  drop(id) {
    localStorage.removeItem(this.prefix + id);
  }

  all() {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
    return names.map((name) => JSON.parse(localStorage.getItem(name)));
  }
}
