import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The journals of the demo's terminals, as a benchmark sends them.
 *
 * @typedef {{deviceId: string, mqttPassword: string, journalKey: string, epoch: number, point: {code: string}, attendants?: {code: string}[]}} Terminal
 */

const MOTORCYCLE = { vehicleClass: 'motorcycle', amount: 2000 };
const CAR = { vehicleClass: 'car', amount: 4000 };
const METHODS = ['cash', 'cash', 'cash', 'qris'];
const BEGIN_MS_BEFORE = 6 * 3_600_000;

/** A terminal's journal: the next records, sealed and chained. */
export class Journal {
  seq = 1;
  prev = '';

  /** @param {Terminal} terminal */
  constructor(terminal) {
    this.terminal = terminal;
    this.key = Buffer.from(terminal.journalKey, 'base64url');
    this.at = Date.now() - BEGIN_MS_BEFORE;
    const [attendant] = terminal.attendants ?? [];
    this.attendant = typeof attendant === 'string' ? attendant : (attendant?.code ?? '');
  }

  next() {
    const { epoch } = this.terminal;
    const seq = this.seq++;
    const { vehicleClass, amount } = seq % 3 === 0 ? CAR : MOTORCYCLE;
    const method = METHODS[seq % METHODS.length];
    this.at += 2_000;
    const at = new Date(this.at + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
    const body =
      seq === 1
        ? `{"attendant":"${this.attendant}","float":50000,"shift":"s1"}`
        : `{"amount":${amount},"attendant":"${this.attendant}","method":"${method}","shift":"s1","tariff":"perwal9-2026-${vehicleClass}","ticket":"K${String(seq).padStart(8, '0')}","vehicleClass":"${vehicleClass}"}`;
    const type = seq === 1 ? 'shift-open' : 'payment';
    const canonical = `{"at":"${at}","body":${body},"epoch":${epoch},"prev":"${this.prev}","seq":${seq},"type":"${type}","v":1}`;
    const mac = createHmac('sha256', this.key).update(canonical).digest('base64url');
    this.prev = mac;
    return `${canonical.slice(0, -1)},"mac":"${mac}"}`;
  }
}

/** One terminal a point. @param {string} file @returns {Terminal[]} */
export function terminalsOf(file) {
  /** @type {Terminal[]} */
  const all = JSON.parse(readFileSync(file, 'utf8'));
  return [...new Map(all.map((terminal) => [terminal.point.code, terminal])).values()];
}
