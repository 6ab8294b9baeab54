import '../bootstrap/require-node.js';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { install } from '../bootstrap/install.js';
import { PlainError } from '../bootstrap/plain-error.js';
import { main } from '../bootstrap/run.js';

const HELP = `npm run ca -- <command> [--dir folder] (default: <data folder>/ca)
  init [--name text] [--days 3650]               makes the authority
  issue <device id> [--days 397]                 a new key and certificate of a terminal
  issue <name> --server --alt name,address       ... of a server (gateway, API)
  sign <request.pem> [--server --alt ...]        a certificate for a key that stays where it is
  renew <device id>                              another key and certificate; the earlier one ends by itself
  revoke <device id or serial>                   takes back, and writes crl.pem, which the gateway reads live
  list                                           what was issued`;

/** `npm run ca`: a small certificate authority for terminals and servers. */
await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      name: { type: 'string', default: 'eparking' },
      days: { type: 'string' },
      server: { type: 'boolean', default: false },
      alt: { type: 'string', default: '' },
    },
  });
  await install();
  const { Authority } = await import('./authority.js');
  const authority = new Authority(resolve(values.dir ?? join(process.env['EPARKING_DATA_DIR'] || '.data', 'ca')));
  const [command, argument = ''] = positionals;
  const options = {
    use: /** @type {'server' | 'device'} */ (values.server ? 'server' : 'device'),
    alt: values.alt.split(',').filter(Boolean),
    days: days(values.days, command === 'init' ? 3650 : 397),
  };
  if (command === 'init') {
    await authority.init(values.name, options.days);
    console.log(
      `${authority.folder}/ca.crt is the authority: EPARKING_TLS_CLIENT_CA; crl.pem: EPARKING_TLS_CLIENT_CRL`,
    );
  } else if ((command === 'issue' || command === 'renew') && argument) {
    const file = await authority.issue(argument, options);
    console.log(`${join(authority.folder, file)}.crt and .key`);
  } else if (command === 'sign' && argument) {
    const file = await authority.sign(readFileSync(argument, 'utf8'), options);
    console.log(`${join(authority.folder, file)}.crt`);
  } else if (command === 'revoke' && argument) {
    for (const { serial, name } of await authority.revoke(argument)) console.log(`revoked ${serial} ${name}`);
  } else if (command === 'list') {
    for (const { serial, name, use, notAfter, revokedAt } of authority.index())
      console.log(`${serial} ${name} ${use} until ${notAfter.slice(0, 10)}${revokedAt ? ` revoked ${revokedAt}` : ''}`);
  } else throw new PlainError(HELP);
});

/** @param {string | undefined} text @param {number} fallback */
function days(text, fallback) {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 7300) return value;
  throw new PlainError('--days must be a whole number, 1 to 7300.');
}
