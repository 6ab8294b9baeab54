/** One who waits in a {@link WaitingLine}; both neighbours are null outside of it. */
export interface Waiting {
  /** ms, monotonic */
  readonly since: number;
  readonly reject: (error: Error) => void;
  before: Waiting | null;
  after: Waiting | null;
}

/**
 * Those who wait, the longest waiting first; anybody may leave. It is no Set for the collector's sake: a Set that is
 * filled and emptied all the time makes its table anew every few entries, each worn-out table points at the next one, and
 * once one of them is old all that come after it, with what waited in them, live until a full collection. Who leaves here
 * points at nobody (docs/PERFORMANCE.md).
 */
export class WaitingLine {
  #first: Waiting | null = null;
  #last: Waiting | null = null;

  get first(): Waiting | null {
    return this.#first;
  }

  add(waiting: Waiting): void {
    waiting.before = this.#last;
    if (this.#last) this.#last.after = waiting;
    else this.#first = waiting;
    this.#last = waiting;
  }

  /** Does nothing for one who is not in the line. */
  remove(waiting: Waiting): void {
    const { before, after } = waiting;
    if (!before && this.#first !== waiting) return;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    waiting.before = null;
    waiting.after = null;
  }
}
