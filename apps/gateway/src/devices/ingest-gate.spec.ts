import { jest } from '@jest/globals';
import type { IngestPort, JournalMessage } from '../ingest-port.js';
import { IngestGate } from './ingest-gate.js';

const limits = { commitMsMax: 8_000, ingestMessagesMax: 3, ingestBytesMax: 1_000 };
const message = (bytes = 10) => ({ payload: Buffer.alloc(bytes) }) as unknown as JournalMessage;

/** Ingest that commits when it is told to. */
class SlowIngest implements IngestPort {
  readonly commits: (() => void)[] = [];
  submit(): Promise<readonly never[]> {
    return new Promise((resolve) => this.commits.push(() => resolve([])));
  }
  async drain(): Promise<void> {}
}

let ingest: SlowIngest;
let gate: IngestGate;
beforeEach(() => {
  jest.useFakeTimers();
  ingest = new SlowIngest();
  gate = new IngestGate(ingest, limits, () => Date.now());
});
afterEach(() => jest.useRealTimers());

/** How a submission stands: looked at without waiting for it. */
function watch(submission: Promise<unknown>): { state: string } {
  const watched = { state: 'waits' };
  submission.then(
    () => (watched.state = 'committed'),
    () => (watched.state = 'given up'),
  );
  return watched;
}

test('a message is given up once nothing at all has been committed for the limit', async () => {
  const one = watch(gate.submit(message()));
  await jest.advanceTimersByTimeAsync(7_999);
  expect(one.state).toBe('waits');
  await jest.advanceTimersByTimeAsync(1);
  expect(one.state).toBe('given up');
});

test('a message in a long queue waits on as long as the queue moves', async () => {
  const last = watch(gate.submit(message()));
  for (let n = 1; n <= 5; n++) {
    const earlier = watch(gate.submit(message()));
    await jest.advanceTimersByTimeAsync(6_000);
    ingest.commits[n]!();
    await jest.advanceTimersByTimeAsync(0);
    expect([earlier.state, last.state]).toEqual(['committed', 'waits']);
  }
  await jest.advanceTimersByTimeAsync(8_000);
  expect(last.state).toBe('given up');
});

test('what was given up counts against the bound until it is settled', async () => {
  const submissions = [1, 2, 3].map(() => watch(gate.submit(message())));
  await jest.advanceTimersByTimeAsync(8_000);
  expect(submissions.map(({ state }) => state)).toEqual(['given up', 'given up', 'given up']);
  await expect(gate.submit(message())).rejects.toThrow('too many journal messages');
  ingest.commits[0]!();
  await jest.advanceTimersByTimeAsync(0);
  expect(gate.messages).toBe(2);
  const next = watch(gate.submit(message()));
  ingest.commits[3]!();
  await jest.advanceTimersByTimeAsync(0);
  expect(next.state).toBe('committed');
});
