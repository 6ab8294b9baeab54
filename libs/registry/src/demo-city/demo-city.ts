import { addDays, type Random } from '@app/kernel';
import type { DeviceKind } from '../provisioning.js';
import { FAMILY_NAMES, GIVEN_NAMES, OPERATOR_NAMES } from './people.js';
import { demoSubscriptions, type DemoSubscription } from './stickers.js';
import { DEMO_STREETS, type DemoStreet } from './streets.js';
import { DEMO_TARIFFS, type DemoTariff } from './tariff-history.js';

export interface DemoPoint {
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly district: string;
  readonly streetClass: 'I' | 'II';
  readonly latitudeMicrodegrees: number;
  readonly longitudeMicrodegrees: number;
  /** Parking spaces per vehicle class. */
  readonly spaces: Readonly<Record<string, number>>;
  /** Minutes since midnight per weekday, 0 = Sunday. */
  readonly hours: Readonly<Record<string, readonly [number, number]>>;
  /** What brings people here at night; absent: nobody comes at night. */
  readonly nightKind?: NightKind;
}

export type NightKind = 'hospital' | 'station' | 'night-market';

export interface DemoContract {
  readonly number: string;
  readonly operatorCode: string;
  readonly streetClass: 'I' | 'II';
  readonly cityShareBp: number;
  readonly attendantShareBp: number;
  readonly operatorShareBp: number;
  /** Rupiah a day for all points of the contract. */
  readonly dailyMinimumDeposit: number;
  readonly securityDeposit: number;
  readonly validFrom: string;
  readonly validTo: string;
}

/** Who runs a point from a day on, until the day `validTo` (exclusive). */
export interface DemoPointOperator {
  readonly point: string;
  readonly operatorCode: string;
  readonly contract: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface DemoAttendant {
  readonly code: string;
  readonly name: string;
  readonly badgeNumber: string;
  readonly operatorCode: string | null;
  /** Where and since when (a day, Asia/Jakarta); `validTo` exclusive. */
  readonly assignments: readonly {
    readonly point: string;
    readonly order: string;
    readonly validFrom: string;
    readonly validTo: string | null;
  }[];
}

export interface DemoDevice {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly model: string;
  readonly point: string;
}

export interface DemoCity {
  readonly operators: readonly { readonly code: string; readonly name: string }[];
  readonly contracts: readonly DemoContract[];
  readonly points: readonly DemoPoint[];
  readonly pointOperators: readonly DemoPointOperator[];
  readonly tariffs: readonly DemoTariff[];
  readonly freeZones: readonly {
    readonly point: string;
    readonly basis: string;
    readonly validFrom: string;
    readonly validTo: string;
  }[];
  readonly attendants: readonly DemoAttendant[];
  readonly devices: readonly DemoDevice[];
  readonly subscriptions: readonly DemoSubscription[];
  /** Paper tickets in the points' stock; points that are not there give none. */
  readonly tickets: readonly {
    readonly point: string;
    readonly prefix: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/**
 * The demo city: 152 parking points on real streets of Medan, everything else invented. The same for the same random
 * stream. Coordinates, spaces, hours, operators and people are illustrative.
 */
export function demoCity(random: Random): DemoCity {
  const points = demoPoints(random.fork('points'));
  const runBy = operatorsOf(points, random.fork('operators'));
  const contracts = demoContracts(points, runBy, random.fork('contracts'));
  return {
    operators: OPERATOR_NAMES.map((name, index) => ({ code: operatorCode(index), name })),
    contracts,
    points,
    pointOperators: points.flatMap((point) => periodsOf(point, runBy, contracts)),
    tariffs: DEMO_TARIFFS,
    freeZones: demoFreeZones(points),
    attendants: demoAttendants(points, runBy, random.fork('attendants')),
    devices: demoDevices(points, random.fork('devices')),
    subscriptions: demoSubscriptions(points, random.fork('subscriptions')),
    tickets: points
      .filter((point) => CITY_RUN.has(point.district))
      .map(({ code }) => ({ point: code, prefix: `${code}-`, from: 1, to: TICKETS })),
  };
}

const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'];
const everyDay = (opens: number, closes: number): DemoPoint['hours'] =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, [opens, closes] as const]));

const SHOPS = everyDay(7 * 60, 22 * 60);
const MARKET = everyDay(5 * 60, 18 * 60);
const ALWAYS = everyDay(0, 24 * 60);
const NIGHT = everyDay(16 * 60, 60);
const OFFICES = { ...everyDay(7 * 60, 19 * 60), '0': [8 * 60, 13 * 60] as const };

/** Streets that do not live by shop hours. */
const HOURS: Readonly<Record<string, DemoPoint['hours']>> = {
  'Jl. Bintang': MARKET,
  'Jl. M.T. Haryono': MARKET,
  'Jl. Nibung Raya': NIGHT,
  'Jl. Semarang': NIGHT,
  'Jl. Balai Kota': OFFICES,
  'Jl. Pangeran Diponegoro': OFFICES,
  'Jl. Imam Bonjol': OFFICES,
  'Jl. Kejaksaan': OFFICES,
};

/** Streets that are open around the clock: the wholesale market trades by night, hospital and station never close. */
const NIGHT_STREETS: Readonly<Record<string, NightKind>> = {
  'Jl. Pusat Pasar': 'night-market',
  'Jl. Sutomo': 'night-market',
  'Jl. Prof. H.M. Yamin': 'hospital',
  'Jl. Kereta Api': 'station',
};

function demoPoints(random: Random): DemoPoint[] {
  const places = DEMO_STREETS.flatMap((street) =>
    Array.from({ length: street.points }, (_, n) => ({ street, section: n })),
  );
  return places.map(({ street, section }, index) => ({
    code: `MDN-${String(index + 1).padStart(3, '0')}`,
    name: street.points > 1 ? `${street.name}, ruas ${section + 1}` : street.name,
    street: street.name,
    district: street.district,
    streetClass: street.streetClass,
    ...alongStreet(street, section, random),
    spaces: spacesOf(street, random),
    hours: street.name in NIGHT_STREETS ? ALWAYS : (HOURS[street.name] ?? SHOPS),
    ...(street.name in NIGHT_STREETS && { nightKind: NIGHT_STREETS[street.name]! }),
  }));
}

/** Sections lie some 200 m apart on a line through the street's middle. */
function alongStreet(
  street: DemoStreet,
  section: number,
  random: Random,
): Pick<DemoPoint, 'latitudeMicrodegrees' | 'longitudeMicrodegrees'> {
  const step = (section - (street.points - 1) / 2) * 1_800;
  const slant = (street.name.length % 7) / 6;
  return {
    latitudeMicrodegrees: Math.round(street.latitude * 1e6 + step * slant) + random.integer(-120, 120),
    longitudeMicrodegrees: Math.round(street.longitude * 1e6 + step * (1 - slant)) + random.integer(-120, 120),
  };
}

function spacesOf(street: DemoStreet, random: Random): DemoPoint['spaces'] {
  const nightKind = NIGHT_STREETS[street.name];
  const busy = (street.streetClass === 'I' ? 1.4 : 1) * (nightKind ? 1.8 : 1);
  const market = HOURS[street.name] === MARKET || nightKind === 'night-market';
  return {
    motorcycle: Math.round(random.integer(12, 32) * busy),
    car: Math.round(random.integer(4, 12) * busy),
    ...(random.chance(0.4) && { minibus: random.integer(1, 2) }),
    ...(market && { truck: random.integer(1, 3) }),
  };
}

const operatorCode = (index: number): string => `OPR-${String(index + 1).padStart(2, '0')}`;

/** From this day on the second contracts hold, and some points have another operator. */
const FIRST_CONTRACTS = '2023-01-01';
const SECOND_CONTRACTS = '2025-01-01';
const CONTRACTS_END = '2028-01-01';

/** The operator of each contract period by point code; points that are not there are run by the city. */
interface RunBy {
  readonly first: ReadonlyMap<string, string>;
  readonly second: ReadonlyMap<string, string>;
}

const CITY_RUN: ReadonlySet<string> = new Set([
  ...['Medan Johor', 'Medan Marelan', 'Medan Tembung', 'Medan Perjuangan', 'Medan Helvetia'],
]);
/** Paper tickets of each point that the city runs itself: the simulator uses none again within 60 days. */
const TICKETS = 400_000;

/** The city runs the outer districts itself; elsewhere an operator has a street, and a tenth changes hands in 2025. */
function operatorsOf(points: readonly DemoPoint[], random: Random): RunBy {
  const ofStreet = new Map<string, string>();
  const first = new Map<string, string>();
  const second = new Map<string, string>();
  for (const { code, street, district } of points) {
    if (CITY_RUN.has(district)) continue;
    if (!ofStreet.has(street)) ofStreet.set(street, operatorCode(random.integer(0, OPERATOR_NAMES.length - 1)));
    const operator = ofStreet.get(street)!;
    first.set(code, operator);
    second.set(code, random.chance(0.1) ? operatorCode(random.integer(0, OPERATOR_NAMES.length - 1)) : operator);
  }
  return { first, second };
}

/** Perwal 45/2021: the city's share is 40 % in class I and 35 % in class II. The attendant's is what a supplier quoted. */
const CITY_SHARE_BP = { I: 4_000, II: 3_500 } as const;
const ATTENDANT_SHARE_BP = 2_000;
/** Rupiah a day and point, before it is haggled over. */
const MINIMUM_PER_POINT = { I: 185_000, II: 95_000 } as const;
/** The security deposit covers so many days of the minimum. */
const SECURITY_DAYS = 30;

const contractNumber = (operator: string, streetClass: string, from: string): string =>
  `PKS-${from.slice(0, 4)}-${operator}-${streetClass}`;

function demoContracts(points: readonly DemoPoint[], runBy: RunBy, random: Random): DemoContract[] {
  const periods = [
    [runBy.first, FIRST_CONTRACTS, SECOND_CONTRACTS],
    [runBy.second, SECOND_CONTRACTS, CONTRACTS_END],
  ] as const;
  return periods.flatMap(([operatorOf, validFrom, validTo]) =>
    OPERATOR_NAMES.flatMap((_, index) =>
      (['I', 'II'] as const).flatMap((streetClass) => {
        const operator = operatorCode(index);
        const count = points.filter((p) => p.streetClass === streetClass && operatorOf.get(p.code) === operator).length;
        if (count === 0) return [];
        const dailyMinimumDeposit = count * MINIMUM_PER_POINT[streetClass] + random.integer(-9_000, 9_000) * 5;
        return [
          {
            number: contractNumber(operator, streetClass, validFrom),
            operatorCode: operator,
            streetClass,
            cityShareBp: CITY_SHARE_BP[streetClass],
            attendantShareBp: ATTENDANT_SHARE_BP,
            operatorShareBp: 10_000 - CITY_SHARE_BP[streetClass] - ATTENDANT_SHARE_BP,
            dailyMinimumDeposit,
            securityDeposit: dailyMinimumDeposit * SECURITY_DAYS,
            validFrom,
            validTo,
          },
        ];
      }),
    ),
  );
}

function periodsOf(point: DemoPoint, runBy: RunBy, contracts: readonly DemoContract[]): DemoPointOperator[] {
  const period = (operator: string | undefined, validFrom: string): DemoPointOperator[] => {
    const number = operator && contractNumber(operator, point.streetClass, validFrom);
    const contract = contracts.find((one) => one.number === number);
    if (!contract) return [];
    const { operatorCode, validTo } = contract;
    return [{ point: point.code, operatorCode, contract: contract.number, validFrom, validTo }];
  };
  return [
    ...period(runBy.first.get(point.code), FIRST_CONTRACTS),
    ...period(runBy.second.get(point.code), SECOND_CONTRACTS),
  ];
}

const FIRST_CAR_FREE_SUNDAY = '2026-01-04';
const CAR_FREE_SUNDAYS = 104;

/**
 * In April 2024 the city made parking free where it was not electronic: two points of today joined only afterwards.
 * And one street is closed to traffic on Sundays.
 */
function demoFreeZones(points: readonly DemoPoint[]): DemoCity['freeZones'] {
  const sundays = Array.from({ length: CAR_FREE_SUNDAYS }, (_, week) => addDays(FIRST_CAR_FREE_SUNDAY, 7 * week));
  const carFree = points
    .filter((point) => point.street === 'Jl. Balai Kota')
    .flatMap(({ code }) =>
      sundays.map((day) => ({
        point: code,
        basis: 'Car-free Sunday (illustrative)',
        validFrom: day,
        validTo: addDays(day, 1),
      })),
    );
  const before = points
    .filter((point) => point.district === 'Medan Helvetia')
    .slice(0, 2)
    .map(({ code }) => ({
      point: code,
      basis: 'Parking free outside e-parking points, April 2024',
      validFrom: '2024-04-01',
      validTo: '2024-10-28',
    }));
  return [...before, ...carFree];
}

const ROTATION = '2026-07-01';

/** Two or three attendants a point; on one day of 2026 some pairs of neighbouring points swap their first attendant. */
function demoAttendants(points: readonly DemoPoint[], runBy: RunBy, random: Random): DemoAttendant[] {
  let number = 0;
  const swapped = new Set(points.flatMap((_, i) => (i % 12 === 0 && i + 1 < points.length ? [i, i + 1] : [])));
  return points.flatMap((point, index) =>
    Array.from({ length: random.integer(2, 3) }, (_, n) => {
      number++;
      const digits = String(number).padStart(4, '0');
      const other = points[index % 12 === 0 ? index + 1 : index - 1];
      const moves = n === 0 && swapped.has(index) && other !== undefined;
      const order = (year: string): string => `SPT/${digits}/DISHUB/${year}`;
      return {
        code: `JP-${digits}`,
        name: `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`,
        badgeNumber: `JKR-${digits}`,
        operatorCode: runBy.second.get(point.code) ?? null,
        assignments: [
          { point: point.code, order: order('2023'), validFrom: FIRST_CONTRACTS, validTo: moves ? ROTATION : null },
          ...(moves ? [{ point: other.code, order: order('2026'), validFrom: ROTATION, validTo: null }] : []),
        ],
      };
    }),
  );
}

const METERS = 12;

/** A handheld at every point, a second one at some, and a meter at twelve of the streets of class I. */
function demoDevices(points: readonly DemoPoint[], random: Random): DemoDevice[] {
  let handhelds = 0;
  const handheld = (point: DemoPoint): DemoDevice => ({
    deviceId: `hh-${String(++handhelds).padStart(4, '0')}`,
    kind: 'handheld',
    model: 'demo handheld',
    point: point.code,
  });
  const atPoints = points.flatMap((point) =>
    random.chance(0.15) ? [handheld(point), handheld(point)] : [handheld(point)],
  );
  const first = points.filter((point) => point.streetClass === 'I');
  const every = Math.floor(first.length / METERS);
  const meters = Array.from({ length: METERS }, (_, n) => ({
    deviceId: `mt-${String(n + 1).padStart(4, '0')}`,
    kind: 'meter' as const,
    model: 'demo meter',
    point: first[n * every]!.code,
  }));
  return [...atPoints, ...meters];
}
