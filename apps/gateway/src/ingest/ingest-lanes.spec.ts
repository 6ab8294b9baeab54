import type { JournalMessage } from '@app/persistence';
import type { Receipt } from '@app/protocol';
import { IngestLanes, type BatchWriter } from './ingest-lanes.js';

const message = (deviceNo: number, text: string): JournalMessage => ({
  deviceNo,
  topic: 't',
  payload: Buffer.from(text),
  receivedAt: 0,
});
const receiptOf = (m: JournalMessage): readonly Receipt[] => [
  { v: 1, of: Buffer.from(m.payload).toString(), epoch: 1, results: [], contiguous: 0, missing: [] },
];

/** A writer whose commits return when the test says so. */
function heldWriter() {
  const batches: { messages: readonly JournalMessage[]; commit: () => void; fail: (error: Error) => void }[] = [];
  const writer: BatchWriter = {
    write: (messages) =>
      new Promise((resolve, reject) => {
        batches.push({ messages, commit: () => resolve(messages.map(receiptOf)), fail: reject });
      }),
  };
  return { writer, batches };
}
/** Two turns of the event loop: what was resolved in the first is written at the end of the second. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const limits = { lanes: 2, batchMessagesMax: 3, batchBytesMax: 100, besideMessagesMin: 2 };

describe('IngestLanes', () => {
  it('writes at once when idle and gathers while a commit is in flight, up to the batch limit', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    const done = [lanes.submit(message(2, 'a'))];
    await settle();
    done.push(...['b', 'c', 'd', 'e'].map((text) => lanes.submit(message(2, text))));
    await settle();
    expect(batches.map((b) => b.messages.length)).toEqual([1]);
    batches[0]!.commit();
    await settle();
    expect(batches.map((b) => b.messages.length)).toEqual([1, 3]);
    batches[1]!.commit();
    await settle();
    batches[2]!.commit();
    const receipts = await Promise.all(done);
    expect(receipts.map(([receipt]) => receipt!.of)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('keeps a device in its lane, so that two of its messages are never written at the same time', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    void lanes.submit(message(2, 'a'));
    for (const text of ['x', 'y']) void lanes.submit(message(3, text));
    await settle();
    for (const text of ['b', 'c', 'd']) void lanes.submit(message(2, text));
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2], [3, 3]]);
  });

  it('lets a lane with little wait for the commit of another', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    void lanes.submit(message(2, 'a'));
    await settle();
    void lanes.submit(message(3, 'x'));
    await settle();
    expect(batches).toHaveLength(1);
    batches[0]!.commit();
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2], [3]]);
  });

  it('gives each lane its turn when what waits is no small batch', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, { ...limits, besideMessagesMin: 3 });
    for (const text of ['a', 'b', 'c']) void lanes.submit(message(2, text));
    await settle();
    for (const [deviceNo, text] of [
      [2, 'd'],
      [2, 'e'],
      [3, 'x'],
    ] as const)
      void lanes.submit(message(deviceNo, text));
    await settle();
    batches[0]!.commit();
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2, 2, 2], [3]]);
    batches[1]!.commit();
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2, 2, 2], [3], [2, 2]]);
  });

  it('writes little of all lanes in one batch, and none of their devices until it returns', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, { ...limits, besideMessagesMin: 3 });
    void lanes.submit(message(2, 'a'));
    void lanes.submit(message(3, 'x'));
    await settle();
    expect(lanes.backlog).toBe(2);
    for (const deviceNo of [2, 3]) for (const text of ['1', '2', '3']) void lanes.submit(message(deviceNo, text));
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2, 3]]);
    batches[0]!.commit();
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([
      [2, 3],
      [2, 2, 2],
      [3, 3, 3],
    ]);
  });

  it('leaves a lane alone that began beside the batch of others', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    void lanes.submit(message(2, 'a'));
    await settle();
    for (const text of ['x', 'y']) void lanes.submit(message(3, text));
    await settle();
    batches[0]!.commit();
    await settle();
    for (const text of ['z', 'z']) void lanes.submit(message(3, text));
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2], [3, 3]]);
  });

  it('does not write large messages of several lanes together', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, { ...limits, besideMessagesMin: 3 });
    void lanes.submit(message(2, 'a'.repeat(60)));
    void lanes.submit(message(3, 'x'.repeat(60)));
    await settle();
    expect(batches.map((b) => b.messages.map((m) => m.deviceNo))).toEqual([[2]]);
  });

  it('bounds a batch in bytes but lets one large message through', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    for (const text of ['x'.repeat(500), 'y'.repeat(60), 'z'.repeat(60)]) void lanes.submit(message(2, text));
    for (let i = 0; i < 3; i++) {
      await settle();
      batches[i]!.commit();
    }
    expect(batches.map((b) => b.messages.length)).toEqual([1, 1, 1]);
  });

  it('rejects the messages of a failed batch only, and goes on', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    const failing = lanes.submit(message(2, 'a'));
    await settle();
    const next = lanes.submit(message(2, 'b'));
    batches[0]!.fail(new Error('database down'));
    await expect(failing).rejects.toThrow('database down');
    await settle();
    batches[1]!.commit();
    expect((await next)[0]!.of).toBe('b');
  });

  it('drains: resolves when everything submitted has been written', async () => {
    const { writer, batches } = heldWriter();
    const lanes = new IngestLanes(writer, limits);
    void lanes.submit(message(2, 'a'));
    let drained = false;
    const draining = lanes.drain().then(() => (drained = true));
    await settle();
    expect(drained).toBe(false);
    batches[0]!.commit();
    await draining;
    expect(lanes.backlog).toBe(0);
  });
});
