import { Inject, Injectable } from '@nestjs/common';
import { devicePresences, reconcileAlarms, type Alarm, type DevicePresence } from '@app/persistence';
import { GATEWAY_HEARTBEAT_MS_MAX, isOpen, presenceOf, type Presence } from '@app/registry';
import { presenceWatch, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const EVERY_MS_MAX = 60_000;
const EVERY_MS_MIN = 1_000;

/** States that call an officer, and how loudly. A device that never came is no alarm: it may still lie in its box. */
const SEVERITIES: Partial<Record<Presence, Alarm['severity']>> = {
  late: 'minor',
  silent: 'major',
  offline: 'minor',
};

/** Looks at every device each minute: an alarm opens while it is late, silent or away in operating hours. */
@Injectable()
export class PresenceWatch implements WorkerJob<Tick> {
  readonly type = presenceWatch;
  readonly schedule: { everyMs: number };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {
    const { handheldLateMs, meterLateMs, dataSilenceMs } = core.config;
    const shortest = Math.min(handheldLateMs, meterLateMs, dataSilenceMs);
    this.schedule = { everyMs: Math.min(EVERY_MS_MAX, Math.max(EVERY_MS_MIN, Math.floor(shortest / 4))) };
  }

  async run(): Promise<RunFigures> {
    const { database, clock, config } = this.core;
    const now = clock.now();
    const devices = await devicePresences(database, now, GATEWAY_HEARTBEAT_MS_MAX);
    const alarms = devices.flatMap((device) => this.#alarmOf(device, presenceOf(device, config, now), now));
    return { ...(await reconcileAlarms(database, KINDS, alarms, now)) };
  }

  #alarmOf(device: DevicePresence, presence: Presence, now: number): Alarm[] {
    const severity = SEVERITIES[presence];
    if (!severity || !this.#isExpected(device, presence, now)) return [];
    const { deviceNo, deviceId, pointId, connectedAt, disconnectedAt, heardAt, journalAt } = device;
    const kind = `device-${presence}`;
    const detail = { deviceId, connectedAt, disconnectedAt, heardAt, journalAt };
    return [{ key: `${kind}:${deviceNo}`, kind, severity, deviceNo, pointId, detail }];
  }

  /**
   * An attendant may switch the handheld off at night, a radio may lose its connection for a moment, and a meter may
   * call once a day only: away counts in operating hours, and once it has lasted as long as lateness would.
   */
  #isExpected(device: DevicePresence, presence: Presence, now: number): boolean {
    if (presence !== 'offline') return true;
    const { handheldLateMs, meterLateMs } = this.core.config;
    const awayMs = now - Math.max(device.disconnectedAt ?? 0, device.heardAt ?? 0);
    return isOpen(device, now) !== false && awayMs > (device.kind === 'meter' ? meterLateMs : handheldLateMs);
  }
}

const KINDS = ['device-late', 'device-silent', 'device-offline'];
