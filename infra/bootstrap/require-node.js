/**
 * Import this first: it stops an old Node with one sentence, before newer language in other files does so with many.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: eparking needs Node 20.19 or newer (https://nodejs.org).`);
  process.exit(1);
}
