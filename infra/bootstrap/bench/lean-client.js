import { connect as openSocket } from 'node:net';
import { generate } from 'mqtt-packet';

/**
 * An MQTT 3.1.1 publisher that costs as little as it can, so that a benchmark measures the other side: frames are made
 * beforehand, acknowledgements are read from the bytes by hand. QoS 1 only.
 *
 * @typedef {object} LeanOptions
 * @property {number} port on loopback
 * @property {string} clientId
 * @property {string} [username]
 * @property {string} [password]
 * @property {string} [subscribe] a filter; what comes on it is acknowledged and counted
 * @property {number} inFlightMax publishes without PUBACK at once
 */

const PUBACK = 0x40;
const PUBLISH = 0x30;
const HIGHEST_PACKET_ID = 65_535;
const CONNECT_MS_MAX = 30_000;

export class LeanClient {
  /** Messages received on the subscription. */
  received = 0;
  acknowledged = 0;
  /** Called at each PUBACK with the index of the publish (in the order of publishing). @type {(index: number) => void} */
  onAck = () => undefined;
  /** Called once there is room for a further publish. @type {() => void} */
  onRoom = () => undefined;
  /** @type {Error | null} */
  lost = null;

  /** @type {Buffer} */
  #rest = Buffer.alloc(0);
  #sent = 0;
  /** @type {Buffer[]} */
  #out = [];
  #flushing = false;

  /** @param {import('node:net').Socket} socket @param {LeanOptions} options */
  constructor(socket, options) {
    this.socket = socket;
    this.options = options;
  }

  /** @param {LeanOptions} options @returns {Promise<LeanClient>} */
  static async connect(options) {
    const { port, clientId, username, password, subscribe } = options;
    const socket = openSocket({ host: '127.0.0.1', port, noDelay: true });
    const client = new LeanClient(socket, options);
    const sign = username === undefined ? {} : { username, password: Buffer.from(password ?? '') };
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        keepalive: 0,
        clientId,
        ...sign,
      }),
    );
    if (subscribe)
      socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: subscribe, qos: 1 }] }));
    await client.#handshake(subscribe ? 2 : 1);
    socket.on('data', (bytes) => client.#take(bytes));
    return client;
  }

  /** Waits for CONNACK, and for SUBACK. @param {number} answers @returns {Promise<void>} */
  #handshake(answers) {
    const { socket, options } = this;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${options.clientId}: no answer to CONNECT`)), CONNECT_MS_MAX);
      /** @param {Error} error */
      const fail = (error) => {
        this.lost ??= error;
        clearTimeout(timer);
        reject(error);
      };
      socket.on('error', fail);
      socket.on('close', () => fail(new Error(`${options.clientId}: the connection was closed`)));
      /** @type {Buffer} */
      let bytes = Buffer.alloc(0);
      /** @param {Buffer} chunk */
      const look = (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        if (bytes.length >= 4 && bytes[3] !== 0)
          return fail(new Error(`${options.clientId}: refused, code ${bytes[3]}`));
        if (bytes.length < (answers === 2 ? 9 : 4)) return;
        clearTimeout(timer);
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
    });
  }

  get hasRoom() {
    return this.#sent - this.acknowledged < this.options.inFlightMax;
  }

  /** Sends a frame made by {@link publishFrame}. @param {Buffer} frame @param {number} idAt */
  publish(frame, idAt) {
    frame.writeUInt16BE((this.#sent % HIGHEST_PACKET_ID) + 1, idAt);
    this.#sent++;
    this.#out.push(frame);
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.socket.write(Buffer.concat(this.#out));
      this.#out = [];
    });
  }

  /** @param {Buffer} chunk */
  #take(chunk) {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    /** @type {number[]} */
    const answers = [];
    while (at + 2 <= bytes.length) {
      let length = 0;
      let header = at + 1;
      let shift = 0;
      for (; header < bytes.length; shift += 7) {
        const byte = bytes.readUInt8(header++);
        length |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      if (header + length > bytes.length) break;
      const first = bytes.readUInt8(at);
      const kind = first & 0xf0;
      if (kind === PUBACK) {
        // A server answers in the order of publishing (MQTT-4.6.0-2), so the n-th PUBACK is the n-th publish's.
        this.onAck(this.acknowledged++);
      } else if (kind === PUBLISH) {
        this.received++;
        if ((first & 0x06) !== 0) {
          const id = header + 2 + bytes.readUInt16BE(header);
          answers.push(0x40, 2, bytes.readUInt8(id), bytes.readUInt8(id + 1));
        }
      }
      at = header + length;
    }
    this.#rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
    if (answers.length > 0) this.socket.write(Buffer.from(answers));
    if (this.hasRoom) this.onRoom();
  }

  close() {
    this.socket.removeAllListeners('close');
    this.socket.on('error', () => undefined);
    this.socket.end(generate({ cmd: 'disconnect' }));
  }
}

/** A PUBLISH of QoS 1 whose packet id is written in later, and where it stands. @param {string} topic @param {Buffer} payload */
export function publishFrame(topic, payload) {
  const frame = generate({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup: false, retain: false });
  let header = 1;
  while (frame.readUInt8(header) & 0x80) header++;
  header++;
  return { frame, idAt: header + 2 + frame.readUInt16BE(header) };
}
