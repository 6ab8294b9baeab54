export interface DeviceRoundsOptions {
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** Devices of one query. */
const DEVICES_MAX = 200;
const RETRY_MS = 1_000;

/**
 * Goes to the devices that this gateway holds and that listen: at once when word of something for them comes or they
 * come back, and when something is due again. What cannot be read now stays due.
 */
export abstract class DeviceRounds<Options extends DeviceRoundsOptions> {
  readonly #listening = new Map<number, string>();
  /** When a device is to be looked at, ms. Absent: nothing is known to wait. */
  readonly #due = new Map<number, number>();
  /** Devices that came back and were not looked at since. */
  readonly #returned = new Set<number>();
  #running = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(protected readonly options: Options) {}

  /**
   * Brings the devices what waits for them.
   * @returns when to look at a device again, ms; a device that is not in it: when word comes
   */
  protected abstract deliver(
    deviceNos: readonly number[],
    returned: ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, number>>;

  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.run(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The device listens on this gateway. */
  listens(deviceNo: number, deviceId: string): void {
    this.#listening.set(deviceNo, deviceId);
    this.#returned.add(deviceNo);
    this.hasNews(deviceNo);
  }

  gone(deviceNo: number): void {
    this.#listening.delete(deviceNo);
    this.#due.delete(deviceNo);
    this.#returned.delete(deviceNo);
  }

  /** There is something for the device. */
  hasNews(deviceNo: number): void {
    if (!this.#listening.has(deviceNo)) return;
    this.#due.set(deviceNo, -Infinity);
    void this.run();
  }

  /** Word may have been lost: looks at all devices. */
  lookAtAll(): void {
    for (const deviceNo of this.#listening.keys()) this.#due.set(deviceNo, -Infinity);
    void this.run();
  }

  /** Goes to the devices that are due. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let due = this.#nextDue(); due.length > 0; due = this.#nextDue()) await this.#visit(due);
    } catch (error) {
      this.options.onFailure(error);
    } finally {
      this.#running = false;
    }
  }

  /** The device's id while it listens here. */
  protected idOf(deviceNo: number): string | undefined {
    return this.#listening.get(deviceNo);
  }

  #nextDue(): number[] {
    const now = this.options.now();
    const due: number[] = [];
    for (const [deviceNo, at] of this.#due) {
      if (at <= now) due.push(deviceNo);
      if (due.length === DEVICES_MAX) break;
    }
    return due;
  }

  async #visit(deviceNos: readonly number[]): Promise<void> {
    const returned = new Set(deviceNos.filter((deviceNo) => this.#returned.has(deviceNo)));
    // What is told during the query counts for the next.
    for (const deviceNo of deviceNos) {
      this.#due.delete(deviceNo);
      this.#returned.delete(deviceNo);
    }
    try {
      this.#lookAgain(await this.deliver(deviceNos, returned));
    } catch (error) {
      const retryAt = this.options.now() + RETRY_MS;
      this.#lookAgain(new Map(deviceNos.map((deviceNo) => [deviceNo, retryAt])));
      for (const deviceNo of returned) if (this.#listening.has(deviceNo)) this.#returned.add(deviceNo);
      throw error;
    }
  }

  #lookAgain(times: ReadonlyMap<number, number>): void {
    for (const [deviceNo, at] of times)
      if (this.#listening.has(deviceNo) && !this.#due.has(deviceNo)) this.#due.set(deviceNo, at);
  }
}
