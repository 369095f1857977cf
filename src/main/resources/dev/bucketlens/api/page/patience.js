/** Pauses that grow from the first to the longest, each a little random: pages do not ask in step. */
export class Pauses {
  #first;
  #longest;
  #next;

  constructor(first, longest) {
    this.#first = first;
    this.#longest = longest;
    this.#next = first;
  }

  /** The next pause in milliseconds. */
  next() {
    const pause = this.#next * (0.9 + Math.random() * 0.2);
    this.#next = Math.min(this.#longest, this.#next * 1.5);
    return pause;
  }

  /** Begins anew: something happened. */
  restart() {
    this.#next = this.#first;
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}
