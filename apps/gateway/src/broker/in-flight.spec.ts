import { InFlight, type InFlightShare } from './in-flight.js';

const limits = {
  inFlightPerClientMessagesMax: 3,
  inFlightPerClientBytesMax: 100,
  inFlightMessagesMax: 5,
  inFlightBytesMax: 1_000,
};

/** Connections that flood, and a gateway that answers in the order in which it took. */
class Flood {
  readonly inFlight = new InFlight(limits);
  readonly taken: number[] = [];
  readonly #toAnswer: InFlightShare[] = [];

  /** A connection that always has one more message of ten bytes, until `left` are sent. */
  connect(left: number): InFlightShare {
    const index = this.taken.push(0) - 1;
    const pump = (): void => {
      while (this.taken[index]! < left && share.tryTake(10)) {
        this.taken[index]!++;
        this.#toAnswer.push(share);
      }
    };
    const share = this.inFlight.open(pump);
    pump();
    return share;
  }

  answer(count: number): void {
    for (let i = 0; i < count; i++) this.#toAnswer.shift()!.give(10);
  }
}

describe('in flight', () => {
  it('takes no more of one connection than its limit, and goes on as answers leave', () => {
    const flood = new Flood();
    const share = flood.connect(10);
    expect(flood.taken).toEqual([3]);
    flood.answer(1);
    expect(flood.taken).toEqual([4]);
    expect(share.messages).toBe(3);
  });

  it('takes no more of all than the limit, and lets those who wait in by turns', () => {
    const flood = new Flood();
    for (let i = 0; i < 4; i++) flood.connect(1_000);
    expect(flood.taken).toEqual([3, 2, 0, 0]);
    flood.answer(400);
    expect(flood.inFlight.messages).toBe(5);
    expect(Math.max(...flood.taken) - Math.min(...flood.taken)).toBeLessThanOrEqual(
      limits.inFlightPerClientMessagesMax,
    );
  });

  it('lets one message go over the limit of bytes, so that a large one is never stuck', () => {
    const share = new InFlight(limits).open(() => undefined);
    expect(share.tryTake(5_000)).toBe(true);
    expect(share.tryTake(1)).toBe(false);
  });

  it('counts a closed connection out at once and gives its room to the others', () => {
    const flood = new Flood();
    const first = flood.connect(10);
    flood.connect(10);
    first.close();
    expect(flood.taken).toEqual([3, 3]);
    expect(flood.inFlight.messages).toBe(3);
    flood.answer(3); // of the first, too late to count
    expect(flood.inFlight.messages).toBe(3);
    expect(flood.inFlight.bytes).toBe(30);
  });
});
