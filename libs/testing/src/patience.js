import { jest } from '@jest/globals';

/**
 * Medium and e2e tests start servers and wait for them on busy machines: jest's five seconds are for unit tests.
 * (Jest heeds no `testTimeout` of a single project.) `npm run test:fuzz` does so many times as much.
 */
jest.setTimeout(60_000 * Number(process.env['FUZZ_TIMES'] ?? 1));
