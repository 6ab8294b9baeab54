import { randomBytes } from 'node:crypto';
import { Sealer, SealError } from './sealing.js';

describe('Sealer', () => {
  const oldKey = randomBytes(32);
  const newKey = randomBytes(32);

  it('opens what it sealed, for the same context only', () => {
    const sealer = new Sealer([oldKey]);
    const sealed = sealer.seal(Buffer.from('secret'), 'device-key/a/1');
    expect(sealer.open(sealed, 'device-key/a/1').toString()).toBe('secret');
    expect(() => sealer.open(sealed, 'device-key/b/1')).toThrow(SealError);
  });

  it('still opens values of the key before a rotation, and refuses those of a stranger', () => {
    const sealed = new Sealer([oldKey]).seal(Buffer.from('secret'), 'x');
    expect(new Sealer([newKey, oldKey]).open(sealed, 'x').toString()).toBe('secret');
    expect(() => new Sealer([newKey]).open(sealed, 'x')).toThrow(/EPARKING_SEALING_KEY/);
  });

  it('never shows the plain bytes and refuses a changed value', () => {
    const sealer = new Sealer([oldKey]);
    const sealed = sealer.seal(Buffer.from('a very plain secret'), 'x');
    expect(sealed.includes('plain')).toBe(false);
    sealed[sealed.length - 1]! ^= 1;
    expect(() => sealer.open(sealed, 'x')).toThrow(/changed/);
  });

  it('hashes plates by their letters and digits, keyed', () => {
    const sealer = new Sealer([oldKey]);
    expect(sealer.plateHash('bk 1234 ab')).toEqual(sealer.plateHash('BK1234AB'));
    expect(sealer.plateHash('BK1234AB')).not.toEqual(new Sealer([newKey]).plateHash('BK1234AB'));
  });
});
