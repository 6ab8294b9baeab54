import {
  choice,
  duration,
  integer,
  optionalSecretBytes,
  optionalText,
  optionalUrl,
  port,
  someOf,
  text,
} from './setting.js';

/** How much a process tells, from everything to nothing but its end. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/**
 * Every setting there is: a row here is a field of {@link Config} and a line of docs/CONFIGURATION.md
 * (`npm run docs` writes it). To add one, add its row. Groups are the document's headings.
 */
export const settingGroups = {
  'Ports and addresses': {
    mqttHost: text('EPARKING_MQTT_HOST', '127.0.0.1', 'Address on which plain MQTT listens; loopback unless opened.'),
    mqttPort: port('EPARKING_MQTT_PORT', 1883, 'Port of plain MQTT.'),
    mqttsHost: text('EPARKING_MQTTS_HOST', '0.0.0.0', 'Address on which MQTT over TLS listens.'),
    mqttsPort: port('EPARKING_MQTTS_PORT', 8883, 'Port of MQTT over TLS; closed unless certificate and key are given.'),
    httpHost: text('EPARKING_HTTP_HOST', '127.0.0.1', 'Address on which the admin API and the dashboard listen.'),
    httpPort: port('EPARKING_HTTP_PORT', 3000, 'Port of the admin API and the dashboard.'),
    gatewayHttpHost: text(
      'EPARKING_GATEWAY_HTTP_HOST',
      '127.0.0.1',
      "Address of the gateway's health, metrics and WebSocket MQTT (`/mqtt`).",
    ),
    gatewayHttpPort: port('EPARKING_GATEWAY_HTTP_PORT', 9001, "Port of the gateway's health, metrics and `/mqtt`."),
    workerHttpHost: text('EPARKING_WORKER_HTTP_HOST', '127.0.0.1', "Address of the worker's health and metrics."),
    workerHttpPort: port('EPARKING_WORKER_HTTP_PORT', 9002, "Port of the worker's health and metrics."),
    httpsCertFile: optionalText('EPARKING_HTTPS_CERT', "PEM file with the admin API's certificate chain.", {
      whenAbsent: 'plain HTTP, for a proxy in front',
    }),
    httpsKeyFile: optionalText('EPARKING_HTTPS_KEY', "PEM file with the certificate's private key.", {
      whenAbsent: 'plain HTTP, for a proxy in front',
    }),
    allowPlain: choice(
      'EPARKING_ALLOW_PLAIN',
      'off',
      ['off', 'on'] as const,
      'Whether ports without TLS may listen beyond loopback: `on` where a proxy or a closed network stands in front.',
    ),
    postgresPort: port('EPARKING_POSTGRES_PORT', 0, 'Port of the embedded PostgreSQL, on loopback only.'),
  },
  'TLS for terminals': {
    tlsCertFile: optionalText('EPARKING_TLS_CERT', "PEM file with the gateway's certificate chain.", {
      whenAbsent: 'no TLS port',
    }),
    tlsKeyFile: optionalText('EPARKING_TLS_KEY', "PEM file with the certificate's private key.", {
      whenAbsent: 'no TLS port',
    }),
    tlsClientCrlFile: optionalText(
      'EPARKING_TLS_CLIENT_CRL',
      'PEM file with what those authorities took back; read anew whenever it changes.',
      { whenAbsent: 'nothing is taken back' },
    ),
    wssPort: port(
      'EPARKING_WSS_PORT',
      8443,
      'Port of MQTT over WebSocket over TLS (`/mqtt`); closed like the TLS port.',
    ),
    tlsClientCaFile: optionalText(
      'EPARKING_TLS_CLIENT_CA',
      'PEM file with the authorities whose client certificates sign a device in (its CN is the device id).',
      { whenAbsent: 'devices sign in by password only' },
    ),
  },
  'External broker': {
    brokerUrl: optionalUrl(
      'EPARKING_BROKER_URL',
      ['mqtt:', 'mqtts:'],
      'MQTT 5 broker of others (with user name and password) behind which the gateway takes the journal (docs/EXTERNAL-BROKER.md).',
      'the gateway is the broker',
    ),
    brokerClientId: optionalText(
      'EPARKING_BROKER_CLIENT_ID',
      "This gateway's name at that broker: its own, and the same after a restart.",
      { whenAbsent: 'none; needed with EPARKING_BROKER_URL' },
    ),
    brokerGroup: text('EPARKING_BROKER_GROUP', 'eparking-gateway', 'Name of the shared subscription of all gateways.'),
  },
  'Data and secrets': {
    dataDir: text('EPARKING_DATA_DIR', '.data', 'Folder of the embedded database, logs and generated secrets.'),
    databaseUrl: optionalUrl(
      'DATABASE_URL',
      ['postgresql:', 'postgres:'],
      'PostgreSQL to use instead of the embedded one.',
      'embedded PostgreSQL',
    ),
    readDatabaseUrl: optionalUrl(
      'EPARKING_READ_DATABASE_URL',
      ['postgresql:', 'postgres:'],
      'A streaming replica of the database for income, overviews and reports.',
      'everything is read from the primary',
    ),
    readLagMsMax: duration(
      'EPARKING_READ_LAG_MAX',
      '30s',
      '1s',
      '10m',
      'A replica further behind than this is not read; the primary is.',
    ),
    redisUrl: optionalUrl(
      'REDIS_URL',
      ['redis:', 'rediss:'],
      'Redis for the job queue.',
      'the job queue lives in PostgreSQL',
    ),
    adminPassword: optionalText('EPARKING_ADMIN_PASSWORD', 'Password of the first administrator, `admin`.', {
      secret: true,
      lengthMin: 12,
      whenAbsent: 'generated at the first start and shown once',
    }),
    sealingKey: optionalSecretBytes(
      'EPARKING_SEALING_KEY',
      32,
      'Key that seals device secrets in the database.',
      'generated into `<data folder>/secrets/sealing.key`',
    ),
    oldSealingKeys: optionalText(
      'EPARKING_SEALING_KEYS_OLD',
      'Earlier sealing keys, parted by commas, while values lie under them (`npm run rotate-sealing-key`).',
      { secret: true, whenAbsent: 'none' },
    ),
    hashKeys: optionalSecretBytes(
      'EPARKING_HASH_KEYS',
      64,
      'Keys of the hashes of plates and payers, once the sealing key was rotated.',
      '`<data folder>/secrets/hashes.key`, else made from the oldest sealing key',
    ),
  },
  'Sign-in to the admin API': {
    sessionIdleMsMax: duration('EPARKING_SESSION_IDLE_MAX', '8h', '1m', '7d', 'A session unused for this long ends.'),
    sessionAgeMsMax: duration('EPARKING_SESSION_AGE_MAX', '7d', '5m', '90d', 'A session this old ends, used or not.'),
    accessTokenMsMax: duration(
      'EPARKING_ACCESS_TOKEN_AGE_MAX',
      '15m',
      '1m',
      '1d',
      'An access token this old must be refreshed (`POST /auth/refresh`).',
    ),
    totpRoles: someOf(
      'EPARKING_TOTP_ROLES',
      ['administrator', 'revenue-officer', 'operator-clerk', 'auditor'],
      'Roles that must sign in with an authenticator; others may.',
    ),
    requestsPerMinuteMax: integer(
      'EPARKING_HTTP_REQUESTS_PER_MINUTE',
      6_000,
      10,
      1_000_000,
      'Requests to the admin API from one address a minute and process; more are answered 429.',
    ),
    trustedProxies: integer(
      'EPARKING_TRUSTED_PROXIES',
      0,
      0,
      10,
      'Reverse proxies in front of the admin API whose `X-Forwarded-For` is believed.',
    ),
  },
  Dashboard: {
    mapTiles: optionalText(
      'EPARKING_MAP_TILES',
      "Raster tiles under the map's points. Every browser fetches them from there, so the pages' policy lets it.",
      {
        pattern: /^https?:\/\/[\w.:-]+\/(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})[^\s,;'"]+$/,
        range: 'address with `{z}`, `{x}` and `{y}` in it',
        whenAbsent: 'plain ground; nothing is fetched from outside',
      },
    ),
    mapCredit: optionalText('EPARKING_MAP_CREDIT', 'Who made the tiles, shown on the map.', { whenAbsent: 'none' }),
  },
  Reports: {
    authority: text('EPARKING_AUTHORITY', 'Pemerintah Kota Medan', 'Whose reports they are: the head of their papers.'),
  },
  'Logs and traces': {
    logLevel: choice('EPARKING_LOG_LEVEL', 'info', LOG_LEVELS, 'How much the processes log.'),
    otlpEndpoint: optionalUrl(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      ['http:', 'https:'],
      'OpenTelemetry collector (OTLP over HTTP, port 4318) that gets traces from PUBLISH to case (docs/OPERATIONS.md).',
      'no traces',
    ),
    tracePercent: integer(
      'EPARKING_TRACE_PERCENT',
      100,
      0,
      100,
      'Of so many in a hundred messages and requests a trace is sent.',
    ),
  },
  'Limits of the device protocol': {
    clockAheadMsMax: duration(
      'EPARKING_CLOCK_AHEAD_MAX',
      '5m',
      '0s',
      '1d',
      "A record's time further ahead of its receipt is flagged `clock-skew`.",
    ),
    clockBehindMsMax: duration(
      'EPARKING_CLOCK_BEHIND_MAX',
      '60d',
      '1h',
      '3650d',
      "A record's time further behind its receipt is flagged `clock-skew`.",
    ),
    dataSilenceMs: duration(
      'EPARKING_DATA_SILENCE',
      '30m',
      '1m',
      '1d',
      'No journal record for this long in operating hours makes a device `silent`.',
    ),
    handheldLateMs: duration(
      'EPARKING_HANDHELD_LATE',
      '10m',
      '10s',
      '7d',
      'A handheld unheard for this long is `late`.',
    ),
    meterLateMs: duration('EPARKING_METER_LATE', '25h', '10s', '30d', 'A meter unheard for this long is `late`.'),
    gapAskAfterMs: duration(
      'EPARKING_GAP_ASK_AFTER',
      '60s',
      '1s',
      '1d',
      'A gap in a journal is asked for (`resend`) once it is this old.',
    ),
    gapFindingAfterMs: duration(
      'EPARKING_GAP_FINDING_AFTER',
      '24h',
      '1m',
      '60d',
      'A gap in a journal that stays this long becomes a finding.',
    ),
  },
  'QRIS orders': {
    qrisValidMs: duration('EPARKING_QRIS_VALID', '2m', '20s', '30m', 'How long a dynamic QRIS code can be paid.'),
    qrisProviderMsMax: duration(
      'EPARKING_QRIS_PROVIDER_MAX',
      '4s',
      '200ms',
      '30s',
      'A provider that has not answered after this long is taken for unreachable.',
    ),
  },
  Worker: {
    relayPauseMs: duration(
      'EPARKING_RELAY_PAUSE',
      '5s',
      '100ms',
      '10m',
      "Pause between two looks at a point's changed day; many payments in a pause make one job.",
    ),
    booksPauseMs: duration(
      'EPARKING_BOOKS_PAUSE',
      '15m',
      '1s',
      '1d',
      'A running day is posted to the ledger at most this often, and when it is over.',
    ),
    reconcilePauseMs: duration(
      'EPARKING_RECONCILE_PAUSE',
      '2m',
      '1s',
      '1d',
      'A running day is reconciled at most this often; past days as soon as they change.',
    ),
    inboxDir: optionalText(
      'EPARKING_INBOX_DIR',
      'Watched folder: settlement files in `settlements/<adapter>/`, bank statements in `bank/`.',
      { whenAbsent: '`<data folder>/inbox`' },
    ),
    detectAfterMs: duration(
      'EPARKING_DETECT_AFTER',
      '150m',
      '0s',
      '1d',
      'A business day is assessed by the detector so long after its end.',
    ),
    detectRestMs: duration(
      'EPARKING_DETECT_REST',
      '2m',
      '0s',
      '1d',
      'A day into which records still came within this time is not assessed yet (for at most 4 hours).',
    ),
    jobLockMs: duration(
      'EPARKING_JOB_LOCK',
      '30s',
      '1s',
      '10m',
      'A worker that says nothing for this long is taken for dead, and its jobs are given to another.',
    ),
    incomeCheckSample: integer(
      'EPARKING_INCOME_CHECK_SAMPLE',
      20,
      1,
      1_000_000,
      'Of so many changed days of today and yesterday one is checked against the journal at once; older days always.',
    ),
  },
  'How long data are kept': {
    retention: choice(
      'EPARKING_RETENTION',
      'on',
      ['on', 'dry-run', 'off'] as const,
      'Whether expired data are removed each night, only counted, or left. Money data are never removed.',
    ),
    keepPlatesMs: duration(
      'EPARKING_KEEP_PLATES',
      '90d',
      '61d',
      '3650d',
      'Licence plates in clear text in journal records.',
    ),
    keepQuarantineBytesMs: duration(
      'EPARKING_KEEP_QUARANTINE_BYTES',
      '400d',
      '1d',
      '3650d',
      'Raw bytes of quarantined messages (reason, hash and size stay).',
    ),
    keepSessionsMs: duration('EPARKING_KEEP_SESSIONS', '7d', '1h', '3650d', 'Sessions after their end.'),
    keepCommandsMs: duration(
      'EPARKING_KEEP_COMMANDS',
      '90d',
      '1d',
      '3650d',
      'Commands to devices after their answer or expiry.',
    ),
    keepAccessLogMs: duration('EPARKING_KEEP_ACCESS_LOG', '400d', '1d', '3650d', 'Who looked at personal data.'),
    keepAlarmsMs: duration('EPARKING_KEEP_ALARMS', '400d', '1d', '3650d', 'Alarms after they cleared.'),
  },
  // The simulator may not know this room and reads these itself; here they are checked at start and documented.
  'Simulator (demo only)': {
    simBackfillDays: integer(
      'EPARKING_DEMO_BACKFILL_DAYS',
      42,
      0,
      60,
      'Past days that the simulated terminals send when the demo starts for the first time.',
    ),
    simSeed: integer('EPARKING_SIM_SEED', 1, 0, 0xffffffff, 'The same seed plays the same city.'),
    simThieves: integer('EPARKING_SIM_THIEVES', 5, 0, 100, 'Points out of 100 with a thief at a time.'),
    simFaults: integer('EPARKING_SIM_FAULTS', 100, 0, 10_000, 'How many honest faults, in percent of the usual rate.'),
    simProviderPort: port('EPARKING_SIM_PROVIDER_PORT', 0, 'Port of the simulated QRIS provider, on loopback only.'),
    simMqttUrl: optionalText('EPARKING_SIM_MQTT_URL', 'Address of the gateway.', {
      whenAbsent: 'plain MQTT on loopback',
    }),
    simApiUrl: optionalText('EPARKING_SIM_API_URL', "Address of the admin API, for the simulated treasurer's clerk.", {
      whenAbsent: 'HTTP on loopback',
    }),
    simTerminalsFile: optionalText('EPARKING_SIM_TERMINALS', 'File with the credentials of the simulated terminals.', {
      whenAbsent: '`<data folder>/demo-terminals.json`',
    }),
  },
} as const;
