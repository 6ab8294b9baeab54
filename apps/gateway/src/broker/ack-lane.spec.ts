import fc from 'fast-check';
import { AckLane } from './ack-lane.js';

/** A promise settled from outside. */
function deferred(): { promise: Promise<number>; resolve(value: number): void; reject(error: Error): void } {
  let resolve!: (value: number) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<number>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('ack lane', () => {
  it('answers in the order of the messages, whatever the order of the commits', async () => {
    const order = fc.integer({ min: 1, max: 30 }).chain((count) =>
      fc.shuffledSubarray(
        Array.from({ length: count }, (_, i) => i),
        { minLength: count },
      ),
    );
    await fc.assert(
      fc.asyncProperty(order, async (commits) => {
        const lane = new AckLane<number>();
        const works = commits.map(() => deferred());
        const answered: number[] = [];
        works.forEach(({ promise }) =>
          lane.add(promise, (outcome) => answered.push('value' in outcome ? outcome.value : -1)),
        );
        for (const index of commits) {
          works[index]!.resolve(index);
          await works[index]!.promise;
        }
        expect(answered).toEqual([...commits].sort((a, b) => a - b));
      }),
    );
  });

  it('lets what is ready at once wait for what came before it', async () => {
    const lane = new AckLane<number>();
    const first = deferred();
    const answered: unknown[] = [];
    lane.add(first.promise, (outcome) => answered.push(outcome));
    lane.add(2, (outcome) => answered.push(outcome));
    expect(answered).toEqual([]);
    first.resolve(1);
    await first.promise;
    expect(answered).toEqual([{ value: 1 }, { value: 2 }]);
  });

  it('acknowledges nothing after a failure', async () => {
    const lane = new AckLane<number>();
    const works = [deferred(), deferred(), deferred()];
    const answered: unknown[] = [];
    for (const { promise } of works) lane.add(promise, (outcome) => answered.push(outcome));
    const failure = new Error('database away');
    works[2]!.resolve(3);
    works[1]!.reject(failure);
    works[0]!.resolve(1);
    await Promise.allSettled(works.map(({ promise }) => promise));
    lane.add(4, (outcome) => answered.push(outcome));
    expect(answered).toEqual([{ value: 1 }, { error: failure }, { error: failure }, { error: failure }]);
  });
});
