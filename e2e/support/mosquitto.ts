import { spawn } from 'node:child_process';
import type { Provisioned } from './admin.js';

/** Debian's mosquitto clients: an MQTT stack that shares nothing with the gateway's. */

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const RUN_MS_MAX = 30_000;

/** Runs a program to its end, with text on its standard input. */
export function run(
  program: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = process.env,
  runMsMax = RUN_MS_MAX,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, timeout: runMsMax });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.stdin.on('error', () => undefined); // A client that was refused does not read on.
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** A terminal made of mosquitto's programs. Each call is a connection of its own, of MQTT 3.1.1. */
export class MosquittoTerminal {
  constructor(
    private readonly device: Pick<Provisioned, 'deviceId' | 'mqttPassword'>,
    private readonly port: number,
  ) {}

  private args(more: readonly string[]): string[] {
    const { deviceId, mqttPassword } = this.device;
    const sign = ['-i', deviceId, '-u', deviceId, '-P', mqttPassword];
    return ['-V', 'mqttv311', '-h', '127.0.0.1', '-p', String(this.port), ...sign, ...more];
  }

  topic(channel: string): string {
    return `eparking/v1/${this.device.deviceId}/${channel}`;
  }

  /** Publishes at QoS 1 and waits for PUBACK: code 0 when it came. Later arguments of the same name win. */
  publish(channel: string, payload: string | Buffer, more: readonly string[] = []): Promise<Ended> {
    return run('mosquitto_pub', this.args(['-q', '1', '-t', this.topic(channel), '-s', ...more]), payload.toString());
  }

  /** Publishes on `journal` and waits for the receipt. (mosquitto_rr 2.0.11 sends nothing of its standard input.) */
  async ask(payload: string): Promise<Receipt> {
    const topics = ['-t', this.topic('journal'), '-e', this.topic('receipts')];
    const ended = await run('mosquitto_rr', this.args(['-q', '1', '-W', '20', ...topics, '-m', payload]));
    if (ended.code !== 0) throw new Error(`no receipt (code ${ended.code}): ${ended.stderr}`);
    return JSON.parse(ended.stdout) as Receipt;
  }

  /** Subscribes and waits for `count` messages. */
  async hear(channel: string, count = 1, more: readonly string[] = []): Promise<unknown[]> {
    const ended = await run(
      'mosquitto_sub',
      this.args(['-q', '1', '-t', this.topic(channel), '-C', String(count), '-W', '20', ...more]),
    );
    if (ended.code !== 0) throw new Error(`nothing heard on ${channel} (code ${ended.code}): ${ended.stderr}`);
    return ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }

  /** Any of the programs with the sign-in of this terminal. */
  run(program: string, more: readonly string[]): Promise<Ended> {
    return run(program, this.args(more));
  }
}

/** A receipt as this test expects it: deliberately not the gateway's own type. */
export interface Receipt {
  v: number;
  of: string;
  epoch: number;
  results: { seq: number | null; outcome: string; code?: string; flags?: string[] }[];
  contiguous: number;
  missing: [number, number][];
  more?: boolean;
}
