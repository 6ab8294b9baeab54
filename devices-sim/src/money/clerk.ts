import { readFile } from 'node:fs/promises';
import { formatInstant } from '@app/protocol';
import { AdminApiError, send } from '../admin-client.js';
import { addDays, type BusinessDate } from '@app/kernel';
import type { Payout } from './acquirers.js';
import { bankSlipOf, COLLECTING_ACCOUNT } from './bank.js';
import type { HandOver, Slip } from './treasurer.js';

/** The receiving treasurer of the demo. */
const TREASURER = 'SIM-TREASURER';

/** A clerk of the treasurer's who writes papers down in the system, by REST and with a sign-in of its own. */
export class Clerk {
  private token: string | null = null;

  constructor(
    private readonly url: string,
    private readonly credentialsFile: string,
  ) {}

  /** Writes a hand-over down; the same again changes nothing. */
  async handOver({ handedAt, operator, ...item }: HandOver): Promise<void> {
    const receiver = operator === null ? { kind: 'treasurer', id: TREASURER } : { kind: 'operator', id: operator };
    await this.post('/deposits', { ...item, receiver, handedAt: formatInstant(handedAt) });
  }

  /** Writes the treasurer's slip. One that is there already stays. */
  async slip(day: BusinessDate, { number, amount, writtenAt, handOvers }: Slip): Promise<void> {
    const from = { fromKind: 'treasurer', from: TREASURER };
    const rest = { businessDate: day, amount, writtenAt: formatInstant(writtenAt), handOvers };
    await this.postOnce('/deposit-slips', { number, ...from, ...rest });
  }

  /** Takes the payouts that came into the collecting account on a day to the treasury account on the next. */
  async bankSlip(creditedOn: BusinessDate, payouts: readonly Payout[], writtenAt: number): Promise<void> {
    const number = bankSlipOf(creditedOn);
    const amount = payouts.reduce((sum, payout) => sum + payout.amount, 0);
    const batches = payouts.map(({ acquirer, batch }) => ({ acquirer, batch }));
    const from = { fromKind: 'bank', from: COLLECTING_ACCOUNT, businessDate: addDays(creditedOn, 1) };
    await this.postOnce('/deposit-slips', { number, ...from, amount, batches, writtenAt: formatInstant(writtenAt) });
  }

  private async postOnce(path: string, body: object): Promise<void> {
    await this.post(path, body).catch((error: AdminApiError) => {
      if (error.status !== 409) throw error;
    });
  }

  /** A sign-in that ran out is renewed once. */
  private async post(path: string, body: object): Promise<void> {
    this.token ??= await this.signIn();
    try {
      await send(this.url, 'POST', path, body, this.token);
    } catch (error) {
      if (!(error instanceof AdminApiError) || error.status !== 401) throw error;
      this.token = await this.signIn();
      await send(this.url, 'POST', path, body, this.token);
    }
  }

  private async signIn(): Promise<string> {
    const credentials = JSON.parse(await readFile(this.credentialsFile, 'utf8')) as object;
    const answer = (await send(this.url, 'POST', '/auth/login', credentials)) as { accessToken: string };
    return answer.accessToken;
  }
}
