import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { eventually } from '../../libs/testing/src/wait.js';
import { isAlive } from './processes.js';

const session = pathToFileURL(`${import.meta.dirname}/session.js`).href;
const STORY = `import { Session } from '${session}';
const session = new Session();
session.listen();
session.add(() => console.log('closed'));
console.log('begun', process.pid);
await session.untilStopped();
await session.close();`;

/** A story in a session, as npm runs it: below a shell. */
async function begin(): Promise<{ shell: ChildProcess; pid: number; output: () => string }> {
  const shell = spawn('/bin/sh', ['-c', `node --input-type=module -e "$STORY"; exit $?`], {
    env: { ...process.env, STORY, npm_command: 'run-script' },
  });
  let output = '';
  shell.stdout.on('data', (text: Buffer) => (output += text.toString()));
  await eventually(() => expect(output).toContain('begun'), { withinMs: 20_000, everyMs: 20 });
  return { shell, pid: Number(/begun (\d+)/.exec(output)![1]), output: () => output };
}

it('ends in order when npm was ended and the signal did not come', async () => {
  const { shell, pid, output } = await begin();
  shell.kill('SIGKILL');
  await eventually(() => expect(isAlive(pid)).toBe(false), { withinMs: 10_000, everyMs: 50 });
  expect(output()).toContain('closed');
});

it('ends in order at a signal', async () => {
  const { shell, pid, output } = await begin();
  process.kill(pid, 'SIGTERM');
  await once(shell, 'exit');
  expect(output()).toContain('closed');
});
