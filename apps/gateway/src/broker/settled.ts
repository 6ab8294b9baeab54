/**
 * A promise that is settled already and calls back at once, not in a later turn. The broker numbers each message when
 * it is published and drops, as a repetition, any that reaches a subscriber after a higher number; its own publishes
 * of QoS 1 wait for two answers of the session store on their way, those of QoS 0 for none. Answers that take no turn
 * keep all of them in the order of publishing, so that none is lost.
 */
export class Settled<T> implements PromiseLike<T> {
  constructor(private readonly value: T) {}

  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    _onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return onValue ? (new Settled(onValue(this.value)) as PromiseLike<A>) : (this as unknown as PromiseLike<A>);
  }
}

export const SETTLED: PromiseLike<void> = new Settled<void>(undefined);
