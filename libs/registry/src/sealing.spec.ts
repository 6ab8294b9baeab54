import { randomBytes } from 'node:crypto';
import { derivedHashKeys, Sealer, SealError } from './sealing.js';

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

  it('takes a key that came meanwhile, for opening and for sealing', () => {
    let keys = [oldKey];
    const running = new Sealer(keys, { readAgain: () => keys });
    keys = [newKey, oldKey];
    const sealed = new Sealer([newKey]).seal(Buffer.from('secret'), 'x');
    expect(running.open(sealed, 'x').toString()).toBe('secret');
    expect(new Sealer([newKey]).open(running.seal(Buffer.from('y'), 'x'), 'x').toString()).toBe('y');
  });

  it('hashes as before a rotation when the keys of hashes are kept', () => {
    const before = new Sealer([oldKey]);
    const after = new Sealer([newKey], { hashKeys: derivedHashKeys(oldKey) });
    expect(after.plateHash('BK1234AB')).toEqual(before.plateHash('BK1234AB'));
  });

  it('hashes plates by their letters and digits, keyed', () => {
    const sealer = new Sealer([oldKey]);
    expect(sealer.plateHash('bk 1234 ab')).toEqual(sealer.plateHash('BK1234AB'));
    expect(sealer.plateHash('BK1234AB')).not.toEqual(new Sealer([newKey]).plateHash('BK1234AB'));
  });
});
