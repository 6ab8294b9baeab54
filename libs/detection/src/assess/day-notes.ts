import type { DayScore } from '../detector.js';
import { isOff } from '../fusion/read-shift.js';
import type { CityDay, DeviceDay, PointDay } from '../input/city-day.js';
import type { DayNote, Suspicion } from './assessment.js';

const FAULT_MINUTES = 45;

/** Why a point's range is wider than usual. */
const DOUBT_NOTES: Readonly<Record<string, { kind: DayNote['kind']; id: string; en: string }>> = {
  moved: {
    kind: 'calendar',
    id: 'titik pindah tempat: riwayat lama tidak dipakai, rentang lebar',
    en: 'the point moved: its past is not used, a wide range',
  },
  'after-gap': {
    kind: 'data',
    id: 'seminggu atau lebih tanpa data belum lama ini; rentang lebar',
    en: 'a week or more without data lately; a wide range',
  },
  'clock-jump': {
    kind: 'data',
    id: 'jam terminal meloncat: jumlah hari ini tidak dinilai, rentang lebar',
    en: "a terminal's clock jumped: the day's count is not judged, a wide range",
  },
  'tariff-changed': {
    kind: 'calendar',
    id: 'tarif baru sejak kurang dari seminggu; rentang lebar',
    en: 'a new tariff since less than a week; a wide range',
  },
};

/** Honest causes of today: for maintenance, for the calendar, and data that cannot be used. */
export function dayNotes(
  day: CityDay,
  scores: ReadonlyMap<string, DayScore>,
  suspicions: readonly Suspicion[],
): DayNote[] {
  const suspected = new Set(suspicions.filter((s) => s.pattern === 'device-off').map((s) => s.device));
  const notes: DayNote[] = [];
  const { holiday } = day.calendar;
  if (holiday) notes.push(note(day, 'calendar', 'holiday', {}, `hari libur: ${holiday}`, `public holiday: ${holiday}`));
  for (const point of day.points) {
    const at = { point: point.point };
    if (point.closure)
      notes.push(note(day, 'calendar', 'closure', at, `tutup: ${point.closure}`, `closed: ${point.closure}`));
    for (const device of point.devices)
      if (!suspected.has(device.device)) notes.push(...deviceNotes(day, point, device));
    notes.push(...scoreNotes(day, point, scores.get(point.point)), ...tariffNotes(day, point));
  }
  return notes;
}

function note(
  { date }: CityDay,
  kind: DayNote['kind'],
  pattern: string,
  { point = null, device = null }: { point?: string | null; device?: string | null },
  id: string,
  en: string,
): DayNote {
  return {
    id: `${pattern}|${device ?? point ?? 'city'}|${date}`,
    kind,
    pattern,
    point,
    device,
    date,
    text: { id, en },
  };
}

function deviceNotes(day: CityDay, point: PointDay, device: DeviceDay): DayNote[] {
  const opens = point.opening?.opens ?? 0;
  const closes = point.opening?.closes ?? 0;
  const within = (from: number, to: number): number => Math.max(0, Math.min(to, closes) - Math.max(from, opens));
  const off = device.silences.filter(isOff).reduce((sum, s) => sum + within(s.from, s.to), 0);
  const at = { point: point.point, device: device.device };
  const out: DayNote[] = [];
  if (off >= FAULT_MINUTES) {
    const reasons = [...new Set(device.silences.map((s) => s.bootReason).filter(Boolean))].join(', ') || '?';
    const minutes = Math.round(off);
    out.push(
      note(
        day,
        'maintenance',
        'device-fault',
        at,
        `terminal mati ${minutes} menit dalam jam operasi (${reasons}); waktu itu tidak dihitung`,
        `terminal off for ${minutes} minutes of opening hours (${reasons}); that time is left out`,
      ),
    );
  }
  if (device.clockSteps.length > 0) {
    const back = Math.round(device.clockSteps[0]!.back);
    out.push(
      note(
        day,
        'maintenance',
        'clock-lost',
        at,
        `jam terminal mundur ${back} menit`,
        `the terminal's clock went back ${back} minutes`,
      ),
    );
  }
  return out;
}

function scoreNotes(day: CityDay, { point }: PointDay, score: DayScore | undefined): DayNote[] {
  const out: DayNote[] = [];
  const has = (text: string): boolean => (score?.notes as readonly string[] | undefined)?.includes(text) ?? false;
  if (has('silent-day'))
    out.push(
      note(
        day,
        'calendar',
        'silent-point',
        { point },
        'tidak ada pembayaran sepanjang hari: tutup atau terminal mati',
        'no payment all day: closed, or the terminal is dead',
      ),
    );
  if (has('bad-count') || has('conflicting-counts'))
    out.push(
      note(
        day,
        'data',
        'bad-count',
        { point },
        'jumlah yang tidak mungkin; tidak dihitung',
        'counts that cannot be; left out',
      ),
    );
  for (const [text, { kind, id, en }] of Object.entries(DOUBT_NOTES))
    if (has(text)) out.push(note(day, kind, text, { point }, id, en));
  if (has('short-history'))
    out.push(
      note(
        day,
        'data',
        'short-history',
        { point },
        'riwayat terlalu pendek; rentang lebar',
        'too little history; a wide range',
      ),
    );
  return out;
}

/** All attendants of a terminal charge an old fee: its configuration is stale, nobody steals. */
function tariffNotes(day: CityDay, point: PointDay): DayNote[] {
  return point.devices.flatMap(({ device }) => {
    const shifts = point.shifts.filter((shift) => shift.device === device);
    const stale = shifts.reduce((sum, shift) => sum + (shift.flags.staleTariff?.count ?? 0), 0);
    const wrong = stale + shifts.reduce((sum, shift) => sum + shift.flags.wrongTariff.count, 0);
    const all = shifts.reduce((sum, shift) => sum + shift.cells.reduce((n, cell) => n + cell.count, 0), 0);
    if (stale === 0 && (wrong < 10 || wrong < 0.6 * all)) return [];
    return [
      note(
        day,
        'maintenance',
        'stale-tariff',
        { point: point.point, device },
        `${wrong} dari ${all} pembayaran dengan tarif lain: konfigurasi terminal lama?`,
        `${wrong} of ${all} payments at another tariff: is the terminal's configuration old?`,
      ),
    ];
  });
}
