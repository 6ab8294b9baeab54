import './require-node.js';
import { parseArgs } from 'node:util';
import { install } from './install.js';
import { main, runNode, tool } from './run.js';

/** The tests that make up hostile input, for longer than in `npm test`: `npm run test:fuzz -- --times 50 --seed 7`. */
const SPECS = [
  'apps/gateway/src/fuzz.medium.spec.ts',
  'apps/admin-api/src/fuzz.medium.spec.ts',
  'apps/gateway/src/broker/frame-guard.spec.ts',
  ...['qris', 'settlement-files', 'snap'].map((name) => `libs/settlement/src/${name}.spec.ts`),
  ...['canonical-json', 'json-text', 'record-faults'].map((name) => `libs/protocol/src/${name}.spec.ts`),
];

await main(async () => {
  await install();
  const options = { times: { type: /** @type {const} */ ('string') }, seed: { type: /** @type {const} */ ('string') } };
  const { times = '20', seed = String(Date.now() % 2 ** 31) } = parseArgs({ options }).values;
  console.log(`seed ${seed}, ${times} times as many as in npm test`);
  process.env['FUZZ_TIMES'] = times;
  process.env['FUZZ_SEED'] = seed;
  const jest = ['--experimental-vm-modules', '--no-warnings', tool('jest/bin/jest.js'), '-w', '1'];
  const { code } = await runNode([...jest, '--selectProjects', 'unit', 'medium', '--runTestsByPath', ...SPECS]);
  process.exitCode = code;
});
