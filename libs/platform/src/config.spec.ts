import { resolve } from 'node:path';
import { ConfigError, loadConfig, requireDatabaseUrl } from './config.js';
import { configurationMarkdown } from './config-doc.js';

function problemsOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('configuration', () => {
  it('has a default for everything a single machine needs, and is frozen', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      mqttHost: '127.0.0.1',
      mqttPort: 1883,
      httpHost: '127.0.0.1',
      httpPort: 3000,
      dataDir: resolve('.data'),
      clockAheadMsMax: 300_000,
      clockBehindMsMax: 60 * 86_400_000,
      databaseUrl: undefined,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable as absent', () => {
    expect(loadConfig({ EPARKING_MQTT_PORT: '', DATABASE_URL: '' })).toMatchObject({
      mqttPort: 1883,
      databaseUrl: undefined,
    });
  });

  it('reads every kind of value', () => {
    const sealingKey = Buffer.alloc(32, 7);
    const config = loadConfig({
      EPARKING_MQTT_PORT: '0',
      EPARKING_LOG_LEVEL: 'debug',
      EPARKING_GAP_ASK_AFTER: '250s',
      DATABASE_URL: 'postgresql://u:p@db/e',
      EPARKING_SEALING_KEY: sealingKey.toString('base64url'),
    });
    expect(config).toMatchObject({ mqttPort: 0, logLevel: 'debug', gapAskAfterMs: 250_000 });
    expect(requireDatabaseUrl(config)).toBe('postgresql://u:p@db/e');
    expect(Buffer.from(config.sealingKey!)).toEqual(sealingKey);
  });

  it.each([
    ['EPARKING_MQTT_PORT', '65536'],
    ['EPARKING_MQTT_PORT', '18.83'],
    ['EPARKING_MQTT_PORT', ' 1883'],
    ['EPARKING_LOG_LEVEL', 'loud'],
    ['EPARKING_METER_LATE', '25'],
    ['EPARKING_METER_LATE', '31d'],
    ['REDIS_URL', 'localhost:6379'],
    ['DATABASE_URL', 'mysql://db/e'],
    ['EPARKING_ADMIN_PASSWORD', 'short'],
    ['EPARKING_SEALING_KEY', 'c2hvcnQ'],
  ])('refuses %s=%s and names the variable and what it may be', (variable, value) => {
    expect(problemsOf({ [variable]: value })).toMatch(new RegExp(`^${variable} must be .+\\.$`));
  });

  it('tells all problems at once', () => {
    expect(problemsOf({ EPARKING_MQTT_PORT: 'x', EPARKING_HTTP_PORT: 'y' }).split('\n')).toHaveLength(2);
  });

  it('never repeats the value of a secret', () => {
    const message = problemsOf({
      EPARKING_ADMIN_PASSWORD: 'hunter2',
      DATABASE_URL: 'hunter2',
      EPARKING_SEALING_KEY: 'hunter2',
    });
    expect(message.split('\n')).toHaveLength(3);
    expect(message).not.toContain('hunter2');
  });

  it('refuses halves of a pair', () => {
    expect(problemsOf({ EPARKING_TLS_CERT: 'a.pem' })).toContain('EPARKING_TLS_KEY');
    expect(problemsOf({ EPARKING_TLS_CLIENT_CA: 'ca.pem' })).toContain('EPARKING_TLS_CLIENT_CA needs');
    expect(problemsOf({ EPARKING_GAP_ASK_AFTER: '1h', EPARKING_GAP_FINDING_AFTER: '1h' })).toContain('longer');
  });

  it('wants a broker of others over TLS or loopback, and a name of its own there', () => {
    const named = { EPARKING_BROKER_CLIENT_ID: 'gateway-1' };
    expect(problemsOf({ EPARKING_BROKER_URL: 'mqtts://b.example' })).toContain('EPARKING_BROKER_CLIENT_ID');
    expect(problemsOf({ ...named, EPARKING_BROKER_URL: 'mqtt://u:hunter2@b.example' })).toMatch(
      /^EPARKING_BROKER_URL (?!.*hunter2).*TLS/,
    );
    expect(loadConfig({ ...named, EPARKING_BROKER_URL: 'mqtt://127.0.0.1' }).brokerGroup).toBe('eparking-gateway');
  });

  it('says how to get a database where there is none', () => {
    expect(() => requireDatabaseUrl(loadConfig({}))).toThrow(/DATABASE_URL.*npm start/);
  });
});

describe('configuration table', () => {
  it('lists each variable once, with its default', () => {
    const text = configurationMarkdown();
    expect(text).toContain('| `EPARKING_MQTT_PORT` | port, 0 to 65535 (0: any free one) | `1883` |');
    const variables = [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1]);
    expect(variables).toContain('EPARKING_ADMIN_PASSWORD');
    expect(new Set(variables).size).toBe(variables.length);
  });
});
