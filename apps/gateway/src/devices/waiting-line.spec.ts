import fc from 'fast-check';
import { WaitingLine, type Waiting } from './waiting-line.js';

const waiting = (since: number): Waiting => ({ since, reject: () => undefined, before: null, after: null });

/** Who is in the line, from the first on, and the same read backwards. */
function readBothWays(line: WaitingLine): [number[], number[]] {
  const forwards: Waiting[] = [];
  for (let each = line.first; each; each = each.after) forwards.push(each);
  const backwards: number[] = [];
  for (let each = forwards.at(-1) ?? null; each; each = each.before) backwards.unshift(each.since);
  return [forwards.map(({ since }) => since), backwards];
}

test('whoever comes and leaves, the line holds the others in the order of their coming', () => {
  const steps = fc.array(fc.oneof(fc.constant('come' as const), fc.nat()), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (all) => {
      const line = new WaitingLine();
      const ever: Waiting[] = [];
      const there = new Set<Waiting>();
      for (const step of all) {
        if (step === 'come') {
          const next = waiting(ever.length);
          ever.push(next);
          there.add(next);
          line.add(next);
        } else if (ever.length > 0) {
          const leaver = ever[step % ever.length]!; // Perhaps one who has left before.
          there.delete(leaver);
          line.remove(leaver);
        }
        const expected = [...there].map(({ since }) => since);
        expect(readBothWays(line)).toEqual([expected, expected]);
      }
    }),
  );
});

test('who has left points at nobody, so that it keeps nobody in memory', () => {
  const line = new WaitingLine();
  const three = [1, 2, 3].map(waiting);
  for (const each of three) line.add(each);
  for (const each of [three[1]!, three[0]!, three[2]!]) {
    line.remove(each);
    expect([each.before, each.after]).toEqual([null, null]);
  }
  expect(line.first).toBeNull();
});
