import { createHash } from 'node:crypto';
import { redactRecord } from './redact-record.js';

describe('redactRecord', () => {
  const record = '{"at":"2026-11-21T02:15:02Z","body":{"amount":2000,"plate":"BK 1 A"},"epoch":1,"mac":"m","seq":7}';

  it('takes the plate out, leaves all else as it is, and keeps the hash of what was there', () => {
    const sha256 = createHash('sha256').update(record).digest('base64url');
    expect(redactRecord(record)).toBe(
      `{"at":"2026-11-21T02:15:02Z","body":{"amount":2000},"epoch":1,"mac":"m","seq":7,"redacted":{"fields":["plate"],"sha256":"${sha256}"}}`,
    );
  });

  it('leaves alone what names nobody, what has no body to speak of, and what was redacted before', () => {
    for (const text of ['{"body":{"amount":1},"mac":"m"}', '{"body":"plate"}', '{"body":null}', redactRecord(record)!])
      expect(redactRecord(text)).toBeUndefined();
  });
});
