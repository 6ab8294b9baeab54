/** A packet on its way to a subscriber, as far as the broker's session store looks at it. */
export interface OutgoingPacket {
  readonly cmd?: string;
  readonly topic?: string;
  readonly payload?: Uint8Array | string;
  readonly qos?: number;
  readonly brokerId?: string;
  readonly brokerCounter?: number;
  messageId?: number;
}

interface Entry {
  packet: OutgoingPacket;
  readonly bytes: number;
}

/** What one entry takes beside its payload and topic, roughly. */
const ENTRY_BYTES = 300;

/** Bytes queued over all sessions: every queue keeps it up to date. */
export interface QueuedBytes {
  bytes: number;
}

/** Messages of QoS 1 and 2 that a persistent session has not acknowledged, oldest first; of too many, the newest. */
export class OutgoingQueue {
  /** By the number under which the broker published the message. */
  #entries = new Map<number, Entry>();
  #numberOfId = new Map<number, number>();

  constructor(
    private readonly lengthMax: number,
    private readonly total: QueuedBytes,
  ) {}

  get length(): number {
    return this.#entries.size;
  }

  add(packet: OutgoingPacket): void {
    const bytes = (packet.payload?.length ?? 0) + (packet.topic?.length ?? 0) + ENTRY_BYTES;
    this.#entries.set(packet.brokerCounter!, { packet: { ...packet }, bytes });
    this.total.bytes += bytes;
    if (this.#entries.size > this.lengthMax) this.#remove(this.#entries.keys().next().value!);
  }

  /** The message was sent under a packet identifier, or a PUBREL has taken its place. Unknown ones are let be. */
  sent(packet: OutgoingPacket): void {
    const id = packet.messageId!;
    if (packet.cmd === 'pubrel') {
      const entry = this.#entries.get(this.#numberOfId.get(id)!);
      if (entry)
        entry.packet = { ...packet, brokerId: entry.packet.brokerId, brokerCounter: entry.packet.brokerCounter };
      return;
    }
    const entry = this.#entries.get(packet.brokerCounter!);
    if (!entry) return;
    entry.packet.messageId = id;
    this.#numberOfId.set(id, packet.brokerCounter!);
  }

  /** The peer acknowledged a packet identifier: its message, if it is known. */
  acknowledged(id: number | undefined): OutgoingPacket | undefined {
    const number = id === undefined ? undefined : this.#numberOfId.get(id);
    const entry = number === undefined ? undefined : this.#entries.get(number);
    if (entry) this.#remove(number!);
    return entry?.packet;
  }

  /** All of them, oldest first; those that were sent before are marked as repeated (MQTT-3.3.1-1). */
  all(): OutgoingPacket[] {
    return [...this.#entries.values()].map(({ packet }) =>
      packet.messageId === undefined || packet.cmd === 'pubrel' ? { ...packet } : { ...packet, dup: true },
    );
  }

  clear(): void {
    for (const number of this.#entries.keys()) this.#remove(number);
  }

  #remove(number: number): void {
    const entry = this.#entries.get(number)!;
    this.#entries.delete(number);
    this.total.bytes -= entry.bytes;
    if (entry.packet.messageId !== undefined) this.#numberOfId.delete(entry.packet.messageId);
    if (this.#entries.size > 0) return;
    // New ones, for the collector's sake: the tables of a Map that goes on keep each other alive (see WaitingLine).
    this.#entries = new Map();
    this.#numberOfId = new Map();
  }
}
