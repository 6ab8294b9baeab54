/** What is known of a point before anybody goes out to count there. */
export interface CountCandidate {
  readonly point: string;
  /** Rupiah a day and its range; null: nothing is known of it yet. */
  readonly potential: { readonly low: number; readonly mid: number; readonly high: number } | null;
  /** Recorded a day of late, rupiah. */
  readonly recorded: number;
  /** At risk in suspicions that are open, rupiah a month. */
  readonly suspected: number;
  /** Days since somebody last counted here; null: never. */
  readonly lastCountDays: number | null;
  /** Vehicles expected by hour of the day, 24 numbers; 0 when closed. */
  readonly byHour: readonly number[];
}

export interface ProposedCount {
  readonly point: string;
  readonly fromHour: number;
  /** Exclusive. */
  readonly toHour: number;
  /** Rupiah a month: `uncertainty` (what the count is expected to make certain) and `suspicion` (to bring back). */
  readonly value: number;
  readonly uncertainty: number;
  readonly suspicion: number;
  readonly lastCountDays: number | null;
  /** Who must go: see `peopleFor`. */
  readonly people: number;
  readonly reason: { readonly id: string; readonly en: string };
}

/** A team counts for so many hours in a row. */
const WINDOW_HOURS = 4;
const MONTH_DAYS = 30;
const Z = 1.645;
/** Errors of a count: variance/mean of honest counts, and how far one day is from the usual. */
const DISPERSION = 2;
const DAY_CV = 0.2;
/** What a potential is worth grows old by this much in a quarter; never counted is as bad as this. */
const AGE_CV = 0.15;
const NEVER_CV = 0.4;
/** Relative error of a potential that is not known at all. */
const UNKNOWN_CV = 1;
/** Vehicles an hour of which one person can note class, exemption and space: a judgement, nobody has measured it here. */
const VEHICLES_PER_PERSON = 60;
/** How often a count decides what becomes of a suspicion. */
const DECIDES = 0.5;

/** What can be sent out on a day. */
export interface CountForce {
  /** Points at most. */
  readonly teams: number;
  /** People in all. */
  readonly people: number;
}

/**
 * Where the people at hand learn or recover most. The value of a count is the rupiah by which it is expected to narrow
 * what the point should earn in a month, and its share in settling suspicions. Chosen by value per person, a team a
 * point, as long as there are people; the most valuable stands first.
 */
export function proposeCounts(candidates: readonly CountCandidate[], force: CountForce): ProposedCount[] {
  const proposals = candidates.flatMap((candidate) => proposal(candidate) ?? []);
  const chosen: ProposedCount[] = [];
  let people = force.people;
  for (const found of proposals.sort(by(({ value, people: team }) => value / team))) {
    if (chosen.length === force.teams) break;
    if (found.people > people) continue;
    chosen.push(found);
    people -= found.people;
  }
  return chosen.sort(by(({ value }) => value));
}

/** Highest first; of equals the one whose code comes first. */
function by(worth: (count: ProposedCount) => number): (a: ProposedCount, b: ProposedCount) => number {
  return (a, b) => worth(b) - worth(a) || (a.point < b.point ? -1 : 1);
}

/** One who leads and watches, and as many who count as the busiest hour needs. */
function peopleFor(peakVehicles: number): number {
  return 1 + Math.max(1, Math.ceil(peakVehicles / VEHICLES_PER_PERSON));
}

function proposal(candidate: CountCandidate): ProposedCount | null {
  const { point, potential, suspected, lastCountDays, byHour } = candidate;
  const window = busiest(byHour);
  if (!window) return null;
  const mid = potential?.mid ?? candidate.recorded;
  const before = Math.hypot(relativeError(potential), ageError(lastCountDays));
  const ofCount = Math.hypot(DAY_CV, Math.sqrt(DISPERSION / Math.max(1, window.vehicles)));
  const after = 1 / Math.hypot(1 / before, 1 / ofCount);
  const uncertainty = Math.round(MONTH_DAYS * mid * Z * Math.max(0, before - after));
  const suspicion = Math.round(suspected * DECIDES);
  const { fromHour, toHour } = window;
  const value = uncertainty + suspicion;
  const facts = { mid, before, after, suspicion: suspected, lastCountDays, fromHour, toHour };
  const people = peopleFor(Math.max(...byHour.slice(fromHour, toHour)));
  return { point, fromHour, toHour, people, value, uncertainty, suspicion, lastCountDays, reason: reasonOf(facts) };
}

function relativeError(potential: CountCandidate['potential']): number {
  if (!potential || potential.low <= 0) return UNKNOWN_CV;
  return Math.min(UNKNOWN_CV, Math.log(potential.high / potential.low) / (2 * Z));
}

function ageError(days: number | null): number {
  return days === null ? NEVER_CV : Math.min(NEVER_CV, AGE_CV * Math.sqrt(days / 90));
}

/** The hours in a row in which most vehicles come. */
function busiest(byHour: readonly number[]): { fromHour: number; toHour: number; vehicles: number } | null {
  let best: { fromHour: number; toHour: number; vehicles: number } | null = null;
  for (let fromHour = 0; fromHour < 24; fromHour++) {
    let toHour = fromHour;
    let vehicles = 0;
    while (toHour < 24 && toHour < fromHour + WINDOW_HOURS && byHour[toHour]! > 0) vehicles += byHour[toHour++]!;
    if (toHour > fromHour && vehicles > (best?.vehicles ?? 0)) best = { fromHour, toHour, vehicles };
  }
  return best;
}

interface ReasonFacts {
  mid: number;
  before: number;
  after: number;
  suspicion: number;
  lastCountDays: number | null;
  fromHour: number;
  toHour: number;
}

function reasonOf({ mid, before, after, suspicion, lastCountDays, fromHour, toHour }: ReasonFacts) {
  const rupiah = (amount: number): string => Math.round(amount).toLocaleString('id-ID');
  const percent = (error: number): number => Math.round(100 * (Math.exp(Z * error) - 1));
  const hours = `${String(fromHour).padStart(2, '0')}.00-${String(toHour).padStart(2, '0')}.00`;
  const id = [
    `Potensi sekitar Rp${rupiah(mid)} per hari diketahui dengan ketelitian ±${percent(before)} %; uji petik pukul ${hours} mempersempitnya menjadi ±${percent(after)} %.`,
    lastCountDays === null ? 'Belum pernah diuji petik.' : `Uji petik terakhir ${lastCountDays} hari lalu.`,
    suspicion > 0 ? `Ada kecurigaan yang belum selesai senilai Rp${rupiah(suspicion)} per bulan.` : '',
  ];
  const en = [
    `The potential of about Rp${rupiah(mid)} a day is known to ±${percent(before)} %; a count from ${hours} narrows that to ±${percent(after)} %.`,
    lastCountDays === null ? 'It was never counted.' : `It was last counted ${lastCountDays} days ago.`,
    suspicion > 0 ? `Suspicions of Rp${rupiah(suspicion)} a month are open.` : '',
  ];
  const text = (parts: string[]): string => parts.filter((part) => part !== '').join(' ');
  return { id: text(id), en: text(en) };
}
