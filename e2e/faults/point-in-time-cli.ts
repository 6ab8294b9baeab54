import { rehearsePointInTime } from './point-in-time.js';

/** `npm run test:faults -- --point-in-time`: base backup and archived WAL give everything up to an instant, in figures. */
const report = await rehearsePointInTime(5_000);
const [before, between, after] = report.acknowledged;
console.log(`base backup while working  ${report.baseSeconds.toFixed(1)} s, after ${before} records
archived WAL               ${report.walMegabytes.toFixed(0)} MB
recovery to the instant    ${report.restoreSeconds.toFixed(1)} s: ${report.restored} of ${before + between} records
sent again by the terminal ${report.sentAgain} of the ${after} acknowledged later
contradictions             ${report.faults.length}`);
for (const fault of report.faults) console.log(`  ${fault}`);
process.exit(report.restored === before + between && report.sentAgain === after && report.faults.length === 0 ? 0 : 1);
