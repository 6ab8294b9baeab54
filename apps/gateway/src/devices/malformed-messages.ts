import type { Alarm } from '@app/persistence';
import type { Channel } from '@app/protocol';

interface Counted {
  readonly deviceNo: number;
  readonly deviceId: string;
  readonly channel: Channel;
  count: number;
  reason: string;
}

/** Messages beside the journal that could not be read: acknowledged, dropped, counted, and told in an alarm. */
export class MalformedMessages {
  #counted = new Map<string, Counted>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly raise: (alarms: readonly Alarm[]) => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.flush(), everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** @param reason in words, quoting nothing of the message */
  count(deviceNo: number, deviceId: string, channel: Channel, reason: string): void {
    const key = `malformed:${deviceNo}:${channel}`;
    const counted = this.#counted.get(key) ?? { deviceNo, deviceId, channel, count: 0, reason };
    counted.count++;
    counted.reason = reason;
    this.#counted.set(key, counted);
  }

  /** Tells of everything counted; what cannot be told now is told later. */
  async flush(): Promise<void> {
    if (this.#counted.size === 0) return;
    const told = this.#counted;
    this.#counted = new Map();
    const alarms = [...told].map(([key, { deviceNo, deviceId, channel, count, reason }]) => ({
      key,
      kind: 'malformed-message',
      severity: 'warning' as const,
      deviceNo,
      detail: { deviceId, channel, count, reason },
    }));
    try {
      await this.raise(alarms);
    } catch (error) {
      for (const [key, each] of told) {
        const newer = this.#counted.get(key);
        if (newer) newer.count += each.count;
        else this.#counted.set(key, each);
      }
      this.onFailure(error);
    }
  }
}
