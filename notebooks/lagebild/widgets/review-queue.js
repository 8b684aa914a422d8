// What is not on the disk yet.

/** The decisions that are not on the disk yet, in the memory of this browser: they outlive kernel, page and browser. */
class Queue {
  constructor(place) {
    this.prefix = `lagebild-review:${place}:`;
    this.token = `r${Array.from(crypto.getRandomValues(new Uint8Array(6)), (b) => (b % 36).toString(36)).join("")}`;
    this.count = 0;
    this.acts = []; // each {name, rows}
    for (const key of this.keys()) this.acts.push(...JSON.parse(localStorage.getItem(key)));
    this.keep();
    for (const key of this.keys()) if (key !== this.prefix + this.token) localStorage.removeItem(key);
  }
  keys() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix))
        .sort();
    } catch {
      // a browser that keeps nothing
      return [];
    }
  }
  keep() {
    try {
      if (this.acts.length) localStorage.setItem(this.prefix + this.token, JSON.stringify(this.acts));
      else localStorage.removeItem(this.prefix + this.token);
    } catch {
      /* then memory is all there is */
    }
  }
  nextName() {
    this.count += 1;
    return `${this.token}-${this.count}`;
  }
  /** Whether a decision on the row is not on the disk yet. */
  has(id) {
    return this.acts.some((act) => act.rows.some((one) => one.row === id));
  }
  put(act) {
    this.acts.push(act);
    this.keep();
  }
  drop(name) {
    this.acts = this.acts.filter((act) => act.name !== name);
    this.keep();
  }
}
