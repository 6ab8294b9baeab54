import type { Random } from '../../libs/kernel/src/index.js';
import type { Pen, Written } from './pen.js';

const CLASSES = ['motorcycle', 'car', 'minibus', 'truck'];
const METHODS = ['cash', 'qris', 'card', 'free'];
const DAY_MS = 86_400_000;

/** What happens at a terminal: mostly payments, some taken back, some days late, test money, and what is no money. */
export class Driver {
  readonly #voidable: number[] = [];

  constructor(
    private readonly random: Random,
    private readonly pen: Pen,
  ) {}

  next(nowMs: number): Written {
    const { random, pen } = this;
    const at = random.chance(0.1) ? nowMs - random.integer(1, 3) * DAY_MS : nowMs;
    const roll = random.next();
    if (roll < 0.06 && this.#voidable.length > 0) {
      const [voids] = this.#voidable.splice(random.integer(0, this.#voidable.length - 1), 1);
      return pen.write('void', at, { voids, reason: 'wrong class' });
    }
    if (roll < 0.1) return pen.write('test', at, { amount: 5000, technician: 'T1' });
    if (roll < 0.14) return pen.write('boot', at, { reason: 'power', firmware: '1.0.0' });
    if (roll < 0.18) return pen.write('shift-open', at, { shift: `s${pen.lastSeq}`, attendant: 'A1', float: 50_000 });
    const payment = pen.write('payment', at, {
      vehicleClass: random.pick(CLASSES),
      amount: random.pick([0, 1000, 2000, 3000, 5000]),
      method: random.pick(METHODS),
      tariff: 'T',
      shift: 's1',
      attendant: random.pick(['A1', 'A2', '']),
    });
    if (random.chance(0.5)) this.#voidable.push(payment.seq);
    return payment;
  }
}
