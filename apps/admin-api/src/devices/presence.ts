import type { DeviceRow } from '@app/persistence';

/** Whether a device can be counted on now. */
export type Presence = 'online' | 'late' | 'silent' | 'offline' | 'never';

export interface PresenceLimits {
  readonly handheldLateMs: number;
  readonly meterLateMs: number;
  readonly dataSilenceMs: number;
}

export type Present<Row extends DeviceRow> = Row & { presence: Presence };

/** The row with its presence at the instant `now` (ms). */
export function withPresence<Row extends DeviceRow>(row: Row, now: number, limits: PresenceLimits): Present<Row> {
  return { ...row, presence: presenceAt(row, now, limits) };
}

function presenceAt(row: DeviceRow, now: number, limits: PresenceLimits): Presence {
  if (row.lastSeenAt === null) return row.connected ? 'online' : 'never';
  if (!row.connected) return 'offline';
  const lateMs = row.kind === 'meter' ? limits.meterLateMs : limits.handheldLateMs;
  return now - Date.parse(row.lastSeenAt) > lateMs ? 'late' : 'online';
}
