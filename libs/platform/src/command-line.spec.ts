import { parseCommandLine } from './command-line.js';

const shape = { usage: 'npm run retention -- [--dry-run]', options: { 'dry-run': { type: 'boolean' } } } as const;

it('gives the options', () => {
  expect(parseCommandLine(['--dry-run'], shape)).toMatchObject({ parsed: { values: { 'dry-run': true } } });
});

it('tells the usage when it is asked for', () => {
  expect(parseCommandLine(['--help'], shape)).toEqual({ refusal: { text: `${shape.usage}\n`, code: 0 } });
});

it.each([['--dry-rum'], ['--dry-run=yes'], ['today']])('refuses %s in a sentence with the usage', (...args) => {
  const read = parseCommandLine(args, shape);
  expect(read).toMatchObject({ refusal: { code: 2 } });
  expect('refusal' in read && read.refusal.text).toMatch(
    /^(Unknown option|Option|Unexpected argument)[\s\S]+npm run retention/,
  );
});
