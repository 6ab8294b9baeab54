/**
 * How V8 keeps the gateway's memory (docs/PERFORMANCE.md has the figures). What the gateway takes lives until its commit
 * returns. In the default nursery of 16 MiB that is copied over and over. And once much of it has been seen to live on,
 * as under full load, V8 makes such objects in the old generation from then on, where their garbage waits for a full
 * collection and keeps all alive that it points at: long pauses at any load ever after. And V8 begins a full collection
 * as soon as less than a nursery is left below its limit, which it sets barely a nursery above what lives: with a large
 * nursery that is all the time, unless the limit may be three times of what lives.
 */
export const GATEWAY_NODE_OPTIONS = [
  '--max-semi-space-size=32',
  '--no-allocation-site-pretenuring',
  '--heap-growing-percent=200',
];
