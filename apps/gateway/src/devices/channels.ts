import type { HeardOf } from '@app/persistence';
import {
  decodeUtf8Json,
  faultText,
  messageFault,
  PAYLOAD_BYTES_MAX,
  topicOf,
  type Channel,
  type PaymentMessage,
  type QrisRequest,
  type Receipt,
  type Reply,
  type Status,
} from '@app/protocol';
import type { DownMessage, Taken, UpMessage } from '../broker/ports.js';
import type { QrisPort } from '../qris-port.js';
import { within } from '../within.js';

/** What the channels of a device need. Each asks for little, so that a test gives it by hand. */
export interface ChannelParts {
  readonly submit: (message: {
    deviceId: string;
    deviceNo: number;
    topic: string;
    payload: Uint8Array;
    receivedAt: number;
  }) => Promise<readonly Receipt[]>;
  readonly receipted: (receipts: readonly Receipt[]) => void;
  readonly heard: (heard: HeardOf) => void;
  readonly answerCommand: (answer: {
    id: string;
    deviceNo: number;
    ok: boolean;
    code?: string;
    at: number;
  }) => Promise<unknown>;
  readonly qris: QrisPort;
  readonly malformed: (deviceNo: number, deviceId: string, channel: Channel, reason: string) => void;
  readonly taken: (channel: Channel) => void;
  /** For the writing of an answer that a terminal sent. */
  readonly answerMsMax: number;
}

const TAKEN: Taken = { forward: false, answers: [] };
const FORWARDED: Taken = { forward: true, answers: [] };

/** What becomes of a device's messages, by the channel on which they come. */
export class Channels {
  constructor(private readonly parts: ChannelParts) {}

  /** A journal message is taken when it is committed; the others are read here. */
  take(channel: Channel, message: UpMessage): Taken | Promise<Taken> {
    const { client, isWill, receivedAt } = message;
    this.parts.taken(channel);
    if (!isWill) this.parts.heard({ deviceNo: client.deviceNo, heardAt: receivedAt });
    if (channel === 'journal') return this.#journal(message);
    const value = this.#read(channel, message);
    if (value === undefined) return TAKEN;
    if (channel === 'telemetry') return this.#telemetry(message, value);
    if (channel === 'status') return this.#status(message, value as Status);
    if (channel === 'replies') return this.#reply(message, value as Reply);
    return this.#request(message, value as QrisRequest);
  }

  async #journal({ client, topic, payload, receivedAt }: UpMessage): Promise<Taken> {
    const { id: deviceId, deviceNo } = client;
    const receipts = await this.parts.submit({ deviceId, deviceNo, topic, payload, receivedAt });
    this.parts.receipted(receipts);
    this.parts.heard({ deviceNo, heardAt: receivedAt, journalAt: receivedAt });
    return { forward: false, answers: receipts.map((receipt) => down(deviceId, 'receipts', receipt)) };
  }

  /** The message as its channel has it; undefined for one that is malformed, which is counted. */
  #read(channel: Exclude<Channel, 'journal'>, { client, payload }: UpMessage): unknown {
    const malformed = (reason: string): undefined => {
      this.parts.malformed(client.deviceNo, client.id, channel, reason);
      return undefined;
    };
    if (payload.length > PAYLOAD_BYTES_MAX) return malformed(`longer than ${PAYLOAD_BYTES_MAX} bytes`);
    const decoded = decodeUtf8Json(payload);
    if (!decoded.ok) return malformed(decoded.message);
    const fault = messageFault(channel, decoded.value);
    return fault ? malformed(faultText(fault)) : decoded.value;
  }

  #telemetry({ client, receivedAt }: UpMessage, telemetry: unknown): Taken {
    this.parts.heard({ deviceNo: client.deviceNo, heardAt: receivedAt, telemetry, telemetryAt: receivedAt });
    return TAKEN;
  }

  #status({ client }: UpMessage, { state }: Status): Taken {
    this.parts.heard({ deviceNo: client.deviceNo, status: state });
    return FORWARDED;
  }

  async #reply({ client, receivedAt }: UpMessage, { id, ok, code }: Reply): Promise<Taken> {
    const answer = { id, deviceNo: client.deviceNo, ok, ...(code !== undefined && { code }), at: receivedAt };
    await within(this.parts.answerMsMax, this.parts.answerCommand(answer), 'writing the answer to a command');
    return TAKEN;
  }

  async #request({ client }: UpMessage, request: QrisRequest): Promise<Taken> {
    const kept = this.parts.qris.request({ deviceNo: client.deviceNo, deviceId: client.id }, request);
    const answer = await within(this.parts.answerMsMax, kept, 'keeping a QRIS order');
    return answer ? { forward: false, answers: [down(client.id, 'payments', answer)] } : TAKEN;
  }
}

function down(deviceId: string, channel: 'receipts' | 'payments', message: Receipt | PaymentMessage): DownMessage {
  return { topic: topicOf(deviceId, channel), payload: JSON.stringify(message), qos: 1, retain: false };
}
