type Outcome<T> = { readonly value: T } | { readonly error: Error };

interface Slot<T> {
  outcome: Outcome<T> | null;
  readonly done: (outcome: Outcome<T>) => void;
}

/**
 * Lets the answers of one client out in the order of its publishes, whatever the order in which they become known
 * (MQTT-4.6.0-2, and the order that the device protocol promises). After a failure nothing is answered any more: an
 * acknowledgement that overtook a message which the client must send again would break the order.
 */
export class AckLane<T> {
  readonly #slots: Slot<T>[] = [];
  #failed: Error | null = null;

  /** @param done called once, in the order of the calls of `add` */
  add(work: T | Promise<T>, done: (outcome: Outcome<T>) => void): void {
    const slot: Slot<T> = { outcome: null, done };
    this.#slots.push(slot);
    if (work instanceof Promise)
      work.then(
        (value) => this.#settle(slot, { value }),
        (error: unknown) => this.#settle(slot, { error: error instanceof Error ? error : new Error(String(error)) }),
      );
    else this.#settle(slot, { value: work });
  }

  #settle(slot: Slot<T>, outcome: Outcome<T>): void {
    slot.outcome = outcome;
    while (this.#slots[0]?.outcome) {
      const first = this.#slots.shift()!;
      if ('error' in first.outcome!) this.#failed ??= first.outcome.error;
      first.done(this.#failed ? { error: this.#failed } : first.outcome!);
    }
  }
}
