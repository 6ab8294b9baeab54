import { Duplex } from 'node:stream';
import { clearUnusedBits, readConnect, type ConnectFacts } from './connect-packet.js';
import type { InFlight, InFlightShare } from './in-flight.js';
import type { BrokerLimits } from './limits.js';
import { ProtocolFault } from './mqtt-text.js';
import { checkBody, checkFirstByte, checkHeader, PacketType, readHeader, type PacketHeader } from './packet-rules.js';
import { OutboundAcks } from './outbound-acks.js';
import { TokenBucket } from './token-bucket.js';

export interface FrameGuardOptions {
  readonly limits: BrokerLimits;
  readonly inFlight: InFlight;
  /** Milliseconds of a clock that does not run backwards. */
  readonly monotonicMs: () => number;
}

const EMPTY = Buffer.alloc(0);
/** aedes counts packets that are no publishes too, while it works on them. */
const WAKES_MORE = 1_000;
/** How long a refused or finished connection may take to receive what was written to it. */
const FLUSH_MS_MAX = 2_000;

/**
 * Stands between a connection and the broker. Inbound, it lets whole packets through, and only those that MQTT 3.1.1
 * allows: the broker behind it has no limit of size, does not look at packet identifiers, lengths of acknowledgements
 * or control characters, and holds every publish that it is given. So the guard closes the connection at the first
 * fault, holds what follows a CONNECT until `open()`, and stops reading the socket while too much is in flight.
 * Outbound, it passes bytes on and tells the broker when the peer does not take them.
 */
export class FrameGuard extends Duplex {
  /** What the CONNECT said; null before it came. */
  connectFacts: ConnectFacts | null = null;
  /** Set when the guard itself closed the connection. */
  fault: string | null = null;

  readonly #share: InFlightShare;
  readonly #rate: TokenBucket;
  readonly #acks = new OutboundAcks();
  /** Bytes received and not let through, from `#at` on; whole packets unless `#missingBytes` is above 0. */
  #bytes: Buffer = EMPTY;
  #at = 0;
  /** The pieces of a packet that is not whole yet, and how much of it is still to come. */
  #pieces: Buffer[] = [];
  #missingBytes = 0;
  #opened = false;
  /** The peer has sent its last byte; `#finished` once the broker knows. */
  #ended = false;
  #finished = false;
  #hasDemand = true;
  #writeDone: ((error?: Error | null) => void) | null = null;
  #gathering = false;
  #deadline: NodeJS.Timeout | undefined;
  #rateTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly raw: Duplex,
    private readonly options: FrameGuardOptions,
  ) {
    super({ readableHighWaterMark: 65_536, writableHighWaterMark: 65_536, allowHalfOpen: true });
    const { limits, monotonicMs } = options;
    this.#share = options.inFlight.open(() => this.#pump());
    this.#rate = new TokenBucket(limits.publishesPerSecond, limits.publishesBurst, monotonicMs());
    this.#limitTime(limits.connectMsMax, 'no CONNECT came in time');
    raw.on('data', (chunk: Buffer) => this.#receive(chunk));
    raw.on('end', () => {
      this.#ended = true;
      this.#pump();
    });
    raw.on('drain', () => this.#drained());
    raw.on('error', (error) => this.destroy(error));
    raw.on('close', () => {
      if (!this.#ended) this.destroy();
      this.#drained();
    });
  }

  /** The client is signed in and told so: what it sent after its CONNECT may go through. */
  open(): void {
    this.#opened = true;
    this.#pump();
  }

  /** A publish of so many bytes (its header not counted) is answered, or never will be. */
  answered(bodyBytes: number): void {
    this.#share.give(bodyBytes);
  }

  /** Publishes let through and not yet answered. */
  get inFlightMessages(): number {
    return this.#share.messages;
  }

  override _read(): void {
    this.#hasDemand = true;
    this.#pump();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.raw.destroyed || !this.raw.writable) return done(); // The peer is gone; 'close' tells the broker so.
    // The broker corks while it writes a packet, so that whole packets come here.
    this.#acks.sent(chunk);
    this.#gather();
    if (this.raw.write(chunk)) done();
    else this.#writeDone = done;
  }

  /**
   * What is written to a peer within one turn of the event loop leaves in one piece: a commit answers many publishes at
   * once, each with an acknowledgement and a receipt, and a system call for each was a tenth of the gateway's time.
   */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.raw.cork();
    setImmediate(() => {
      this.#gathering = false;
      this.raw.uncork();
    });
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', done);
  }

  override _final(done: () => void): void {
    this.raw.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#rateTimer);
    this.#share.close();
    this.#bytes = EMPTY;
    this.#pieces = [];
    if (this.#gathering) this.raw.uncork(); // What was answered before the fault still leaves.
    if (error instanceof ProtocolFault || this.raw.destroyed) this.raw.destroy();
    else this.#flushAndClose();
    done(error);
  }

  /** Closes without cutting off what was written: a refusal or an acknowledgement must arrive before the end does. */
  #flushAndClose(): void {
    const timer = setTimeout(() => this.raw.destroy(), FLUSH_MS_MAX).unref();
    this.raw.once('close', () => clearTimeout(timer));
    this.raw.end(() => this.raw.destroy());
    this.raw.resume();
  }

  #receive(chunk: Buffer): void {
    if (this.destroyed) return;
    if (this.#missingBytes > 0) {
      this.#pieces.push(chunk);
      this.#missingBytes -= chunk.length;
      if (this.#missingBytes > 0) return;
      this.#bytes = Buffer.concat(this.#pieces);
      this.#pieces = [];
      this.#missingBytes = 0;
    } else {
      const rest = this.#bytes.subarray(this.#at);
      this.#bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    }
    this.#at = 0;
    this.#pump();
  }

  #drained(): void {
    const done = this.#writeDone;
    this.#writeDone = null;
    done?.();
  }

  /** Lets through what may go; then reads on, or waits for room, demand, the opening or the next bytes. */
  #pump(): void {
    if (this.destroyed || this.#finished) return;
    const from = this.#at;
    let waits: boolean;
    try {
      waits = this.#letThrough();
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      this.fault = error.message;
      this.destroy(error);
      return;
    }
    if (this.destroyed) return;
    if (this.#at > from) {
      this.#hasDemand = this.push(this.#bytes.subarray(from, this.#at));
      process.nextTick(() => this.#wake());
    }
    if (waits) {
      this.raw.pause();
    } else if (this.#ended) {
      this.#finished = true;
      this.push(null);
    } else {
      this.#awaitMore();
      this.raw.resume();
    }
  }

  /**
   * aedes reads on only after as many finished packets or 'readable' events as it has taken packets: one publish that
   * waits for its commit would keep the next ones, and the pings behind them, from being seen. How much it may hold
   * is bounded here, so it is woken until it has read everything.
   */
  #wake(): void {
    for (let i = this.#share.messages + WAKES_MORE; this.readableLength > 0 && i > 0; i--) this.emit('readable');
  }

  /** Moves `#at` past the packets that may go on. True when one must wait, false when more bytes are needed. */
  #letThrough(): boolean {
    while (this.#at < this.#bytes.length) {
      if (this.connectFacts && !(this.#opened && this.#hasDemand)) return true;
      const header = readHeader(this.#bytes, this.#at);
      if (!header) {
        checkFirstByte(this.#bytes[this.#at]!);
        return false;
      }
      this.#checkHeader(header);
      const end = this.#at + header.headerBytes + header.bodyBytes;
      if (end > this.#bytes.length) return false;
      this.#endTimeLimit();
      if (header.type === PacketType.publish && !this.#mayPublish(header.bodyBytes)) return true;
      if (!this.#check(header, this.#bytes.subarray(end - header.bodyBytes, end))) return true;
      this.#at = end;
    }
    return this.connectFacts !== null && !this.#opened;
  }

  #checkHeader(header: PacketHeader): void {
    const isConnect = header.type === PacketType.connect;
    if (isConnect && this.connectFacts) throw new ProtocolFault('a second CONNECT came'); // MQTT-3.1.0-2
    if (!isConnect && !this.connectFacts) throw new ProtocolFault('the first packet is no CONNECT'); // MQTT-3.1.0-1
    checkHeader(header, this.options.limits);
  }

  /** Throws for a faulty packet; false when a CONNECT was answered with a refusal. */
  #check(header: PacketHeader, body: Buffer): boolean {
    if (header.type !== PacketType.connect) {
      checkBody(header, body, this.options.limits);
      this.#acks.received(header.type, body);
      return true;
    }
    const facts = readConnect(header.flags, body, this.options.limits);
    if ('answer' in facts) {
      this.fault = facts.reason;
      this.raw.write(facts.answer);
      this.destroy();
      return false;
    }
    if (facts.isMqtt31) clearUnusedBits(this.#bytes.subarray(this.#at), header.headerBytes);
    this.connectFacts = facts;
    return true;
  }

  #mayPublish(bodyBytes: number): boolean {
    const now = this.options.monotonicMs();
    const waitMs = this.#rate.waitMs(now);
    if (waitMs > 0) {
      this.#rateTimer ??= setTimeout(() => {
        this.#rateTimer = undefined;
        this.#pump();
      }, waitMs);
      return false;
    }
    return this.#share.tryTake(bodyBytes) && this.#rate.take(now);
  }

  /** Part of a packet may be here: its rest must come in time, or a thousand slow ones hold memory for ever. */
  #awaitMore(): void {
    if (this.#missingBytes > 0) return;
    if (this.#at === this.#bytes.length) {
      this.#bytes = EMPTY;
      this.#at = 0;
      return;
    }
    if (!this.#deadline) this.#limitTime(this.options.limits.packetMsMax, 'a packet did not come whole in time');
    const header = readHeader(this.#bytes, this.#at);
    if (!header) return;
    // Collected piece by piece and joined once: joining at every byte would be quadratic work for a slow sender.
    this.#pieces = [Buffer.from(this.#bytes.subarray(this.#at))];
    this.#missingBytes = header.headerBytes + header.bodyBytes - this.#pieces[0]!.length;
  }

  #limitTime(ms: number, fault: string): void {
    this.#deadline = setTimeout(() => {
      this.fault = fault;
      this.destroy(new ProtocolFault(fault));
    }, ms);
  }

  #endTimeLimit(): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }
}
