import fc from 'fast-check';

/** `npm run test:fuzz`: what is made up by properties is made up so many times more often, from the seed that it printed. */
fc.configureGlobal({ numRuns: 100 * Number(process.env['FUZZ_TIMES']), seed: Number(process.env['FUZZ_SEED']) });
