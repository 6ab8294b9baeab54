import type { SignInFacts } from '@app/persistence';
import { secretHash } from '@app/registry';
import type { SignInRequest } from '../broker/ports.js';
import { BadSignIns, BAD_SIGN_IN_LIMITS } from './bad-sign-ins.js';
import { GatheredLookUp } from './gathered-look-up.js';
import { SignInDesk } from './sign-in-desk.js';

const facts: SignInFacts = {
  deviceId: 'hh-0001',
  deviceNo: 1,
  status: 'active',
  epoch: 1,
  passwordHash: secretHash('right'),
  pointId: 1,
  registryVersion: 1,
};
const request: SignInRequest = {
  clientId: 'hh-0001',
  userName: 'hh-0001',
  password: Buffer.from('right'),
  certificateName: null,
  address: '10.0.0.1',
};

async function judge(over: Partial<SignInRequest>, known: SignInFacts | undefined = facts): Promise<string> {
  const desk = new SignInDesk(() => Promise.resolve(known), new BadSignIns(() => 0));
  const judgement = await desk.judge({ ...request, ...over });
  return judgement.accepted ? `device ${judgement.facts.deviceNo}` : `code ${judgement.code}`;
}

describe('sign-in', () => {
  it.each<[string, Partial<SignInRequest>, string]>([
    ['the right password', {}, 'device 1'],
    ['a wrong password', { password: Buffer.from('wrong') }, 'code 4'],
    ['no password', { password: undefined }, 'code 4'],
    ['neither user name nor password', { userName: undefined, password: undefined }, 'code 4'],
    ['another user name', { userName: 'hh-0002' }, 'code 2'],
    ['a client id that is no device id', { clientId: 'HH 1', userName: 'HH 1' }, 'code 2'],
    ['its certificate', { certificateName: 'hh-0001', userName: undefined, password: undefined }, 'device 1'],
    ['its certificate and user name', { certificateName: 'hh-0001', password: undefined }, 'device 1'],
    ['its certificate and a wrong password', { certificateName: 'hh-0001', password: Buffer.from('wrong') }, 'code 4'],
    ['the certificate of another device', { certificateName: 'hh-0002', password: undefined }, 'code 4'],
    ['the certificate of another device and the right password', { certificateName: 'hh-0002' }, 'code 4'],
  ])('with %s: %s', async (_, over, expected) => expect(await judge(over)).toBe(expected));

  it('refuses a revoked device with code 5, and says so only to who knows its password', async () => {
    const revoked = { ...facts, status: 'revoked' as const };
    expect(await judge({}, revoked)).toBe('code 5');
    expect(await judge({ password: Buffer.from('wrong') }, revoked)).toBe('code 4');
  });

  it('refuses an unknown device as it refuses a wrong password', async () => {
    const desk = new SignInDesk(() => Promise.resolve(undefined), new BadSignIns(() => 0));
    expect(await desk.judge(request)).toMatchObject({ accepted: false, code: 4 });
  });
});

describe('bad sign-ins', () => {
  it('makes the one who goes on guessing wait, and never who signs in right', async () => {
    let now = 0;
    const limits = { ...BAD_SIGN_IN_LIMITS, freeBurst: 3, penaltyMs: 60, pairsMax: 2 };
    const bad = new BadSignIns(() => now, limits);
    const desk = new SignInDesk(() => Promise.resolve(facts), bad);
    const wrong = { ...request, password: Buffer.from('wrong') };
    const isHeldUp = async (asked: SignInRequest): Promise<boolean> => {
      const judged = desk.judge(asked).then(() => 'judged');
      return (await Promise.race([judged, new Promise((resolve) => setTimeout(resolve, 30, 'held'))])) === 'held';
    };
    for (let i = 0; i < 3; i++) expect(await isHeldUp(wrong)).toBe(false);
    expect(await isHeldUp(wrong)).toBe(true);
    expect(await isHeldUp(request)).toBe(false);
    expect(await isHeldUp({ ...wrong, address: '10.0.0.2' })).toBe(false);
    now += 31_000;
    expect(await isHeldUp(wrong)).toBe(false);
  });

  it('remembers only so many', async () => {
    const bad = new BadSignIns(() => 0, { ...BAD_SIGN_IN_LIMITS, freeBurst: 1, penaltyMs: 1e9, pairsMax: 3 });
    for (let i = 0; i < 50; i++) await bad.refused('10.0.0.1', `hh-${i}`);
    await bad.refused('10.0.0.1', 'hh-0'); // long forgotten: free again
  });
});

describe('gathered look-ups', () => {
  it('ask at once, then gather while a query is under way', async () => {
    const queries: string[][] = [];
    let answer!: () => void;
    const lookUp = new GatheredLookUp<string>(
      (keys) => {
        queries.push([...keys]);
        return new Promise((resolve) => {
          answer = () => resolve(new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `found ${key}`])));
        });
      },
      3,
      1_000,
    );
    const asked = ['a', 'b', 'unknown', 'b', 'c'].map((key) => lookUp.ask(key));
    for (let i = 0; i < 3; i++) {
      await new Promise(setImmediate);
      answer();
    }
    expect(await Promise.all(asked)).toEqual(['found a', 'found b', undefined, 'found b', 'found c']);
    expect(queries).toEqual([['a'], ['b', 'unknown'], ['c']]);
  });

  it('fail those who wait when a query fails or hangs, and go on with the next', async () => {
    let calls = 0;
    const lookUp = new GatheredLookUp<number>(
      () => {
        calls++;
        if (calls === 1) return Promise.reject(new Error('database away'));
        return calls === 2 ? new Promise(() => undefined) : Promise.resolve(new Map([['a', 3]]));
      },
      10,
      20,
    );
    await expect(lookUp.ask('a')).rejects.toThrow('database away');
    await expect(lookUp.ask('a')).rejects.toThrow('within 20 ms');
    expect(await lookUp.ask('a')).toBe(3);
  });
});
