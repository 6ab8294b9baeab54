/** A source of randomness. Passed in, so that a simulation replays from its printed seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [min, max], both included. */
  integer(min: number, max: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Standard normal variate (Box-Muller). */
  normal(): number;
  /** Poisson variate (Knuth below a mean of 30, normal approximation above). */
  poisson(mean: number): number;
  /** Gamma variate of this shape and scale (Marsaglia and Tsang 2000). */
  gamma(shape: number, scale: number): number;
  /** An independent stream for a named part, the same for the same seed and name. */
  fork(name: string): Random;
}

/** FNV-1a over the text: a 32-bit seed out of a name. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** sfc32 (Small Fast Counting, PractRand): 128 bits of state, good statistical quality, not for secrets. */
function sfc32(seed: number): () => number {
  let a = seed | 0;
  let b = hash32(`${seed}:b`) | 0;
  let c = hash32(`${seed}:c`) | 0;
  let d = 1;
  const step = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) step();
  return step;
}

/** A seeded source of randomness: the same seed gives the same stream on every machine. */
export function seededRandom(seed: number | string): Random {
  const seed32 = typeof seed === 'number' ? seed >>> 0 : hash32(seed);
  const next = sfc32(seed32);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const gamma = (shape: number, scale: number): number => {
    if (shape < 1) return gamma(shape + 1, scale) * Math.pow(1 - next(), 1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
    }
  };
  const poisson = (mean: number): number => {
    if (mean <= 0) return 0;
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = next(); product > limit; product *= next()) count++;
    return count;
  };
  return {
    next,
    normal,
    poisson,
    gamma,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    fork: (name) => seededRandom(`${seed32}/${name}`),
  };
}
