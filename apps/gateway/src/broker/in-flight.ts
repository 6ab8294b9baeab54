import type { BrokerLimits } from './limits.js';

type InFlightLimits = Pick<
  BrokerLimits,
  'inFlightPerClientMessagesMax' | 'inFlightPerClientBytesMax' | 'inFlightMessagesMax' | 'inFlightBytesMax'
>;

/** What one connection may still take. */
export interface InFlightShare {
  /** Counts a message in; false when there is no room, and then `onRoom` is called once there may be. */
  tryTake(bytes: number): boolean;
  /** Counts a message out: it is answered, or will never be. */
  give(bytes: number): void;
  /** Counts everything out and asks for nothing more. */
  close(): void;
  readonly messages: number;
}

/**
 * Publishes that the gateway has taken and not yet answered: few enough on one connection that a flood stays with the
 * flooder, and few enough in all that memory has an end. Connections that find no room in all wait in a queue, so
 * that each in turn gets one message in. One message may go over a limit of bytes, so that a large one always fits.
 */
export class InFlight {
  #messages = 0;
  #bytes = 0;
  #drained: (() => void) | null = null;
  readonly #waiting = new Map<InFlightShare, () => void>();

  constructor(private readonly limits: InFlightLimits) {}

  get messages(): number {
    return this.#messages;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param onRoom called after a `tryTake` that was refused, once there may be room; it must not throw */
  open(onRoom: () => void): InFlightShare {
    let messages = 0;
    let bytes = 0;
    let blocked = false;
    const { limits } = this;
    const hasOwnRoom = (): boolean =>
      messages < limits.inFlightPerClientMessagesMax && bytes < limits.inFlightPerClientBytesMax;
    const share: InFlightShare = {
      get messages() {
        return messages;
      },
      tryTake: (size) => {
        blocked = !hasOwnRoom();
        if (blocked) return false;
        if (!this.#hasRoom() || (this.#waiting.size > 0 && !this.#isFirst(share))) {
          if (!this.#waiting.has(share)) this.#waiting.set(share, onRoom);
          return false;
        }
        this.#waiting.delete(share);
        messages += 1;
        bytes += size;
        this.#count(1, size);
        return true;
      },
      give: (size) => {
        if (messages === 0) return; // The connection is gone and was counted out as a whole.
        messages -= 1;
        bytes -= size;
        this.#count(-1, -size);
        if (blocked && hasOwnRoom()) {
          blocked = false;
          onRoom();
        }
        this.#admit();
      },
      close: () => {
        this.#waiting.delete(share);
        this.#count(-messages, -bytes);
        messages = 0;
        bytes = 0;
        blocked = false;
        this.#admit();
      },
    };
    return share;
  }

  /** Takes nothing more; resolves when everything taken is answered, or after `msMax`. */
  drain(msMax: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, msMax);
      this.#drained = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#count(0, 0);
    });
  }

  #count(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
    if (this.#messages === 0) this.#drained?.();
  }

  #hasRoom(): boolean {
    if (this.#drained) return false;
    return this.#messages < this.limits.inFlightMessagesMax && this.#bytes < this.limits.inFlightBytesMax;
  }

  #isFirst(share: InFlightShare): boolean {
    return this.#waiting.keys().next().value === share;
  }

  /** Lets those who wait in, the first first, while there is room. */
  #admit(): void {
    while (this.#waiting.size > 0 && this.#hasRoom()) {
      const [share, onRoom] = this.#waiting.entries().next().value!;
      const before = this.#messages;
      onRoom();
      // It took its message (or gave up): it goes on, at the end of the queue if it has more.
      if (this.#messages === before) this.#waiting.delete(share);
    }
  }
}
