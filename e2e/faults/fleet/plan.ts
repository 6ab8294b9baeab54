import type { Random } from '../../../libs/kernel/src/index.js';
import type { LinkMode } from './proxy-process.js';

export const SERVICES = ['gateway-1', 'gateway-2', 'worker-1', 'worker-2', 'admin-api'] as const;
export type ServiceId = (typeof SERVICES)[number];
export type Victim = ServiceId | 'postgres' | 'redis';

/** Who speaks to whom; each pair over a link of its own. */
export const LINKS = [
  'terminals>gateway-1',
  'terminals>gateway-2',
  ...SERVICES.map((service) => `${service}>postgres` as const),
  'workers>redis',
] as const;
export type LinkId = (typeof LINKS)[number];

/** Something that goes wrong. `forMs`: how long it lasts. */
export type Fault =
  | { readonly kind: 'kill'; readonly victim: Victim }
  | { readonly kind: 'pause'; readonly victim: Victim; readonly forMs: number }
  | { readonly kind: 'link'; readonly link: LinkId; readonly mode: LinkMode; readonly forMs: number }
  /** Every process is ended in order and started again, one after the other, as with a new version. */
  | { readonly kind: 'deploy' }
  /** The setup runs, and a table that everybody writes gets a column and an index. */
  | { readonly kind: 'migrate' }
  | { readonly kind: 'disk-full'; readonly forMs: number }
  /** Every flush of a commit takes 100 ms longer. */
  | { readonly kind: 'slow-disk'; readonly forMs: number }
  | {
      readonly kind: 'gateway-clock';
      readonly gateway: 'gateway-1' | 'gateway-2';
      readonly byMs: number;
      readonly forMs: number;
    }
  | { readonly kind: 'terminal-clocks'; readonly byMs: number; readonly forMs: number };
export type FaultKind = Fault['kind'];

export const FAULT_KINDS: readonly FaultKind[] = [
  'kill',
  'pause',
  'link',
  'deploy',
  'migrate',
  'disk-full',
  'slow-disk',
  'gateway-clock',
  'terminal-clocks',
];

/**
 * Which faults come, in order: the same seed, the same faults. Kinds with many cases come more often; each case of a
 * link and each victim comes before one comes again.
 */
export function planFaults(count: number, random: Random, kinds: readonly FaultKind[] = FAULT_KINDS): Fault[] {
  const victims = endless([...SERVICES, 'postgres', 'redis'] as Victim[], random);
  const pauses = endless([...SERVICES, 'postgres', 'redis'] as Victim[], random);
  const links = endless(
    LINKS.flatMap((link) => (['cut', 'slow', 'half-open', 'stall'] as const).map((how) => ({ link, how }))),
    random,
  );
  const next = endless(
    [
      ...kinds,
      ...kinds.filter((kind) => ['kill', 'pause', 'link'].includes(kind)),
      ...kinds.filter((k) => k === 'link'),
    ],
    random,
  );
  const lasting = (): number => random.integer(1_000, 6_000);
  const make: Record<FaultKind, () => Fault> = {
    kill: () => ({ kind: 'kill', victim: victims() }),
    pause: () => ({ kind: 'pause', victim: pauses(), forMs: random.integer(1_000, 12_000) }),
    link: () => {
      const { link, how } = links();
      const mode: LinkMode = how === 'slow' ? { kind: 'slow', delayMs: random.integer(20, 300) } : { kind: how };
      return { kind: 'link', link, mode, forMs: lasting() };
    },
    deploy: () => ({ kind: 'deploy' }),
    migrate: () => ({ kind: 'migrate' }),
    'disk-full': () => ({ kind: 'disk-full', forMs: lasting() }),
    'slow-disk': () => ({ kind: 'slow-disk', forMs: lasting() }),
    'gateway-clock': () => ({
      kind: 'gateway-clock',
      gateway: random.pick(['gateway-1', 'gateway-2']),
      byMs: random.pick([-1, 1]) * random.integer(60_000, 7_200_000),
      forMs: lasting(),
    }),
    'terminal-clocks': () => ({
      kind: 'terminal-clocks',
      byMs: random.pick([-1, 1]) * random.integer(60_000, 86_400_000),
      forMs: lasting(),
    }),
  };
  return Array.from({ length: count }, () => make[next()]());
}

/** Deals the cards of one deck after the other, each shuffled. */
function endless<T>(cards: readonly T[], random: Random): () => T {
  let deck: T[] = [];
  return () => {
    if (deck.length === 0) deck = [...cards];
    return deck.splice(random.integer(0, deck.length - 1), 1)[0]!;
  };
}

/** A fault in a line. */
export function tell(fault: Fault): string {
  const seconds = 'forMs' in fault ? ` for ${(fault.forMs / 1000).toFixed(1)} s` : '';
  if (fault.kind === 'kill') return `kill -9 ${fault.victim}`;
  if (fault.kind === 'pause') return `pause ${fault.victim}${seconds}`;
  if (fault.kind === 'link')
    return `${fault.link} ${fault.mode.kind}${fault.mode.kind === 'slow' ? ` ${fault.mode.delayMs} ms` : ''}${seconds}`;
  if (fault.kind === 'gateway-clock') return `clock of ${fault.gateway} off by ${fault.byMs / 1000} s${seconds}`;
  if (fault.kind === 'terminal-clocks') return `clocks of terminals off by ${fault.byMs / 1000} s${seconds}`;
  return `${fault.kind}${seconds}`;
}
