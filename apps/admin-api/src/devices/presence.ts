import type { DeviceRow } from '@app/persistence';
import type { Services } from '../services.js';

/** Whether a device can be counted on now. */
export type Presence = 'online' | 'late' | 'silent' | 'offline' | 'never';

export interface PresenceLimits {
  readonly handheldLateMs: number;
  readonly meterLateMs: number;
  readonly dataSilenceMs: number;
}

export type Present<Row extends DeviceRow> = Row & { presence: Presence };

/** The row with its presence as of now. */
export function withPresence<Row extends DeviceRow>(row: Row, services: Services): Present<Row> {
  const now = services.clock.now();
  const { presence: limits } = services.settings;
  return { ...row, presence: judge() };

  function judge(): Presence {
    if (row.lastSeenAt === null) return row.connected ? 'online' : 'never';
    if (!row.connected) return 'offline';
    const lateMs = row.kind === 'meter' ? limits.meterLateMs : limits.handheldLateMs;
    if (now - Date.parse(row.lastSeenAt) > lateMs) return 'late';
    return 'online';
  }
}
