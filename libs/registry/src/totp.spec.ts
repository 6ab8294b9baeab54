import { base32, matchingTotpStep, newRecoveryCode, plainRecoveryCode, totpCode, totpStep, totpUri } from './totp.js';

const SECRET = Buffer.from('12345678901234567890');

describe('codes of an authenticator', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('are those of RFC 6238, appendix B, at %d s', (seconds, code) => {
    expect(totpCode(SECRET, totpStep(seconds * 1000), 8)).toBe(code);
  });

  it.each([
    ['', ''],
    ['f', 'MY'],
    ['foo', 'MZXW6'],
    ['foobar', 'MZXW6YTBOI'],
  ])('write %j in base32 as RFC 4648, section 10, without padding', (plain, encoded) => {
    expect(base32(Buffer.from(plain))).toBe(encoded);
  });

  it('are taken one step early and one step late, not two', () => {
    const nowMs = 1_700_000_000_000;
    const now = totpStep(nowMs);
    const taken = [-2, -1, 0, 1, 2].map((off) => matchingTotpStep(SECRET, totpCode(SECRET, now + off), nowMs));
    expect(taken).toEqual([undefined, now - 1, now, now + 1, undefined]);
  });

  it('are set up by a URI that names issuer and user', () => {
    expect(totpUri(SECRET, 'siti')).toBe(
      'otpauth://totp/eparking%3Asiti?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=eparking',
    );
  });

  it('have recovery codes that may be typed in small letters and without dashes', () => {
    const code = newRecoveryCode();
    expect(code).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    expect(plainRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code.replaceAll('-', ''));
  });
});
