import fc from 'fast-check';
import { CHANNELS, directionOf, isDeviceId, isFilterOfDevice, parseTopic, topicOf, type Channel } from './index.js';

const channel = fc.constantFrom(...(Object.keys(CHANNELS) as Channel[]));
const deviceId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{2,31}$/);

describe('topics', () => {
  it('come back as the device and the channel of which they were made', () => {
    fc.assert(
      fc.property(deviceId, channel, (id, name) => {
        expect(isDeviceId(id)).toBe(true);
        expect(parseTopic(topicOf(id, name))).toEqual({ deviceId: id, channel: name });
      }),
    );
  });

  it.each([
    'eparking/v1/hh-0001',
    'eparking/v1/hh-0001/journal/',
    '/eparking/v1/hh-0001/journal',
    'eparking/v2/hh-0001/journal',
    'eparking/v1/HH-0001/journal',
    'eparking/v1/hh-0001/Journal',
    'eparking/v1/hh-0001/toString',
    'eparking/v1/+/journal',
    'eparking/v1/hh-0001\n/journal',
    '',
  ])('are not such as %j', (topic) => {
    expect(parseTopic(topic)).toBeNull();
  });

  it('go up from the terminal or down from the gateway', () => {
    const up = (Object.keys(CHANNELS) as Channel[]).filter((name) => directionOf(name) === 'up');
    expect(up).toEqual(['journal', 'telemetry', 'status', 'requests', 'replies']);
  });

  it("may be subscribed to with any filter below the device's own prefix, and with no other", () => {
    for (const filter of ['#', '+', 'receipts', 'journal']) {
      expect(isFilterOfDevice('hh-0001', `eparking/v1/hh-0001/${filter}`)).toBe(true);
    }
    for (const filter of [
      '#',
      'eparking/#',
      'eparking/v1/+/receipts',
      'eparking/v1/hh-00012/#',
      'eparking/v1/hh-0001',
    ]) {
      expect(isFilterOfDevice('hh-0001', filter)).toBe(false);
    }
  });
});

describe('a device id', () => {
  it.each(['ab', '-ab', 'Hh-1', 'hh_1', 'hh 1', 'a'.repeat(33), 'hh-1\n', 'hh-é'])('is not %j', (id) => {
    expect(isDeviceId(id)).toBe(false);
  });
});
