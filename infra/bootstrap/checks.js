import { runNode, tool } from './run.js';

/**
 * Everything that is checked besides tests: what `npm run check` and CI run.
 * @type {{name: string, args: string[]}[]}
 */
const checks = [
  { name: 'format (npm run format mends it)', args: [tool('prettier/bin/prettier.cjs'), '--check', '.'] },
  { name: 'lint', args: [tool('eslint/bin/eslint.js'), '--max-warnings', '0', '.'] },
  { name: 'types', args: [tool('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the dashboard', args: [tool('typescript/bin/tsc'), '-p', 'apps/dashboard/tsconfig.json'] },
  {
    name: 'who may enter which room',
    args: [
      tool('dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['apps', 'libs', 'devices-sim', 'e2e', '--config', '.dependency-cruiser.js'],
    ],
  },
  { name: 'build and generated documents', args: ['infra/bootstrap/docs.js', '--check'] },
];

const LANES = 2;

/**
 * Runs all checks, two at a time, and shows the output of those that fail.
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runChecks() {
  const waiting = [...checks];
  let failed = 0;
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, output } = await runNode(check.args, { quiet: true });
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name}`);
      if (code === 0) continue;
      failed++;
      console.log(output.trim());
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { passed: checks.length - failed, failed };
}
