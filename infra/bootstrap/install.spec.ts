import { isUpToDate } from './install.js';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/pg': { version: '8.23.1', integrity: 'sha512-a' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
  },
};

describe('whether packages need installing', () => {
  it('is not so when npm installed exactly what the lockfile says; other platforms may be missing', () => {
    const installed = { packages: { 'node_modules/pg': { version: '8.23.1', integrity: 'sha512-a' } } };
    expect(isUpToDate(wanted, installed)).toBe(true);
  });

  it.each([
    ['nothing is installed', {}],
    ['a package is missing', { packages: {} }],
    ['a version differs', { packages: { 'node_modules/pg': { version: '8.23.0', integrity: 'sha512-a' } } }],
    ['a content differs', { packages: { 'node_modules/pg': { version: '8.23.1', integrity: 'sha512-x' } } }],
  ])('is so when %s', (_, installed) => {
    expect(isUpToDate(wanted, installed)).toBe(false);
  });
});
