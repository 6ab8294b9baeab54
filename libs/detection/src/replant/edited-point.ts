import type { Random } from '@app/kernel';
import type { DeviceDay, HourClassCount, PointDay, ShiftCell, ShiftDay, Silence } from '../input/city-day.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type EditedShift = Mutable<Omit<ShiftDay, 'cells' | 'byHour'>> & {
  cells: Mutable<ShiftCell>[];
  byHour: number[];
};

/** One payment, as far as a rolled-up day knows it. */
export interface Payment {
  readonly hour: number;
  readonly vehicleClass: string;
  readonly method: string;
  readonly assisted: boolean;
  /** Rupiah: the average of its cell. */
  readonly fee: number;
}

/** A copy of a point's day that can be changed payment by payment; sums, hours, cells and devices stay of one mind. */
export class EditedPoint {
  private readonly counts: Mutable<HourClassCount>[];
  private readonly shifts: EditedShift[];
  private readonly devices: (Mutable<DeviceDay> & { silences: Silence[] })[];

  constructor(private readonly point: PointDay) {
    this.counts = point.counts.map((row) => ({ ...row }));
    this.shifts = point.shifts.map((shift) => ({
      ...shift,
      cells: shift.cells.map((cell) => ({ ...cell })),
      byHour: [...shift.byHour],
    }));
    this.devices = point.devices.map((device) => ({ ...device, silences: [...device.silences] }));
  }

  result(): PointDay {
    return { ...this.point, counts: this.counts, shifts: this.shifts, devices: this.devices };
  }

  shiftsOf(attendant: string): EditedShift[] {
    return this.shifts.filter((shift) => shift.attendant === attendant);
  }

  /** Visits each payment of the shift made in one of these ways; what is changed meanwhile is not visited again. */
  each(shift: EditedShift, methods: readonly string[], random: Random, visit: (payment: Payment) => void): void {
    const cells = shift.cells.filter((cell) => methods.includes(cell.method) && !cell.assisted && cell.count > 0);
    for (const { count, amount, vehicleClass, method, assisted } of cells.map((cell) => ({ ...cell }))) {
      const fee = Math.round(amount / count);
      for (const hour of this.hoursOf(shift, vehicleClass, method, count, random))
        visit({ hour, vehicleClass, method, assisted, fee });
    }
  }

  /** It is not recorded at all; of cash neither is the money. */
  drop(shift: EditedShift, payment: Payment): void {
    this.move(shift, payment, -1);
  }

  add(shift: EditedShift, payment: Payment): void {
    this.move(shift, payment, 1);
  }

  /** Its record is held back: a number is missing. */
  miss({ device, attendant }: EditedShift, minute: number): void {
    const own = this.deviceOf(device);
    if (own) own.missing = [...own.missing, { minute, count: 1, attendant }];
  }

  /** Cash is voided a good while after the driver has gone. */
  takeBack(shift: EditedShift, { hour, vehicleClass, method, fee }: Payment): void {
    const { voids } = shift;
    shift.voids = {
      ...voids,
      count: voids.count + 1,
      amount: voids.amount + fee,
      late: voids.late + 1,
      lateAmount: voids.lateAmount + fee,
    };
    this.moveCash(shift, -fee);
    const row = this.rowOf(hour, vehicleClass, method);
    row.voided++;
    row.amount = Math.max(0, row.amount - fee);
  }

  asMotorcycle(shift: EditedShift, payment: Payment): void {
    const fee = this.point.fees['motorcycle'] ?? payment.fee;
    if (fee >= payment.fee) return;
    this.move(shift, payment, -1);
    this.move(shift, { ...payment, vehicleClass: 'motorcycle', fee }, 1);
  }

  flagForeign(shift: EditedShift, amount: number): void {
    const { foreignQris } = shift.flags;
    shift.flags = {
      ...shift.flags,
      foreignQris: { count: foreignQris.count + 1, amount: foreignQris.amount + amount },
    };
  }

  declareLess(shift: EditedShift, rupiah: number): void {
    if (shift.cashDeclared !== null) shift.cashDeclared = Math.max(0, shift.cashDeclared - rupiah);
  }

  /** Off by hand; nobody who comes meanwhile is recorded, however he pays. */
  switchOff(shift: EditedShift, from: number, to: number, random: Random): void {
    const { device, attendant } = shift;
    const methods = [...new Set(shift.cells.map((cell) => cell.method))];
    this.each(shift, methods, random, (payment) => {
      const inside = Math.min(to, payment.hour * 60 + 60) - Math.max(from, payment.hour * 60);
      if (inside > 0 && random.chance(inside / 60)) this.move(shift, payment, -1);
    });
    const silence = { from, to, worked: false, bootReason: 'power-on', attendant, battery: null };
    this.deviceOf(device)?.silences.push(silence);
  }

  private move(shift: EditedShift, payment: Payment, by: 1 | -1): void {
    const { hour, vehicleClass, method, assisted, fee } = payment;
    let cell = shift.cells.find(
      (c) => c.vehicleClass === vehicleClass && c.method === method && c.assisted === assisted,
    );
    if (!cell) {
      cell = { vehicleClass, method, assisted, count: 0, amount: 0 };
      shift.cells.push(cell);
    }
    cell.count = Math.max(0, cell.count + by);
    cell.amount = Math.max(0, cell.amount + by * fee);
    shift.byHour[hour] = Math.max(0, (shift.byHour[hour] ?? 0) + by);
    const row = this.rowOf(hour, vehicleClass, method);
    row.count = Math.max(0, row.count + by);
    row.amount = Math.max(0, row.amount + by * fee);
    if (method === 'cash') this.moveCash(shift, by * fee);
  }

  private moveCash(shift: EditedShift, rupiah: number): void {
    shift.cashRecorded = Math.max(0, shift.cashRecorded + rupiah);
    if (shift.cashDeclared !== null) shift.cashDeclared = Math.max(0, shift.cashDeclared + rupiah);
  }

  private rowOf(hour: number, vehicleClass: string, method: string): Mutable<HourClassCount> {
    let row = this.counts.find((r) => r.hour === hour && r.vehicleClass === vehicleClass && r.method === method);
    if (!row) {
      row = { hour, vehicleClass, method, count: 0, voided: 0, amount: 0 };
      this.counts.push(row);
    }
    return row;
  }

  /** Hours for the payments of a cell: as the point's rows of that class and way of paying spread over the shift. */
  private hoursOf(shift: EditedShift, vehicleClass: string, method: string, count: number, random: Random): number[] {
    const inShift = (hour: number): boolean => (shift.byHour[hour] ?? 0) > 0;
    const repeat = (hour: number, times: number): number[] => new Array<number>(Math.max(0, times)).fill(hour);
    const rows = this.counts.filter((row) => row.vehicleClass === vehicleClass && row.method === method);
    const hours = rows.flatMap((row) => (inShift(row.hour) ? repeat(row.hour, row.count) : []));
    const any = hours.length >= count ? [] : shift.byHour.flatMap((times, hour) => repeat(hour, times));
    return Array.from({ length: count }, () => {
      const from = hours.length > 0 ? hours : any;
      const [hour] = from.splice(random.integer(0, Math.max(0, from.length - 1)), 1);
      return hour ?? Math.min(23, Math.max(0, Math.floor(shift.from / 60)));
    });
  }

  private deviceOf(device: string) {
    return this.devices.find((own) => own.device === device);
  }
}
