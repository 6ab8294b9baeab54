import { formFault, nulTextFault, type Fault } from './fault.js';
import { checkOf, type Check } from './schema-fault.js';
import { DeviceConfigSchema } from './schemas/device-config.js';
import {
  CommandSchema,
  PaymentMessageSchema,
  QrisRequestSchema,
  ReceiptSchema,
  ReplySchema,
  StatusSchema,
  TelemetrySchema,
} from './schemas/messages.js';
import type { Channel } from './topics.js';

const checks: Record<Exclude<Channel, 'journal'>, Check> = {
  telemetry: checkOf(TelemetrySchema, ''),
  status: checkOf(StatusSchema, ''),
  requests: checkOf(QrisRequestSchema, ''),
  replies: checkOf(ReplySchema, ''),
  receipts: checkOf(ReceiptSchema, ''),
  config: checkOf(DeviceConfigSchema, ''),
  commands: checkOf(CommandSchema, ''),
  payments: checkOf(PaymentMessageSchema, ''),
};

/**
 * What is wrong with a message of a channel other than `journal`, already read as JSON; null when it is good and may
 * be taken for the type of its channel.
 */
export function messageFault(channel: Exclude<Channel, 'journal'>, value: unknown): Fault | null {
  return formFault(value) ?? checks[channel](value) ?? nulTextFault('', value);
}
