import type { EvidenceTerm, Suspicion } from '../assess/assessment.js';
import { cashOf, digitalOf, motorcyclesOf, total } from '../fusion/cells.js';
import type { Verdict } from '../fusion/fuse.js';
import { patternName } from './pattern-names.js';

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const rupiah = (value: number): string => `Rp${Math.round(value).toLocaleString('id-ID')}`;

/** The evidence of a suspicion in words: every sentence is a term with its numbers. */
export function explain(verdict: Verdict): Pick<Suspicion, 'evidence' | 'explanation'> {
  const evidence = [...tiltTerms(verdict), ...verdict.terms];
  const name = patternName(verdict.pattern);
  const { low, mid, high } = verdict.rupiah;
  const shifts = verdict.window.shifts.length;
  return {
    evidence,
    explanation: {
      id: `Mungkin ${name.id} (petunjuk, bukan putusan), dalam ${shifts} giliran kerja terakhir: ${evidence.map((t) => t.text.id).join('; ')}. Diperkirakan hilang ${rupiah(mid)} (${rupiah(low)}-${rupiah(high)}).`,
      en: `Possibly ${name.en} (a lead, not a verdict), over the last ${shifts} shifts: ${evidence.map((t) => t.text.en).join('; ')}. Perhaps ${rupiah(mid)} lost (${rupiah(low)}-${rupiah(high)}).`,
    },
  };
}

function tiltTerms({ window, tilt }: Verdict): EvidenceTerm[] {
  const terms: EvidenceTerm[] = [];
  const { cells, mix, expected, recorded, spread } = window;
  if (expected !== null) {
    const lower = Math.round(expected * Math.exp(-1.7 * spread));
    const upper = Math.round(expected * Math.exp(1.7 * spread));
    terms.push({
      kind: 'volume',
      weight: tilt?.volumeWeight ?? 0,
      numbers: { expected: Math.round(expected), lower, upper, recorded },
      text: {
        id: `diharapkan ${lower}-${upper} kendaraan, tercatat ${recorded}`,
        en: `expected ${lower}-${upper} vehicles, recorded ${recorded}`,
      },
    });
  }
  if (tilt === null) return terms;
  const n = Math.max(1, total(cells));
  const now = { cash: cashOf(cells) / n, digital: digitalOf(cells) / n, motorcycles: motorcyclesOf(cells) / n };
  const usual = { cash: cashOf(mix), digital: digitalOf(mix), motorcycles: motorcyclesOf(mix) };
  terms.push({
    kind: 'mix',
    weight: tilt.mixWeight,
    numbers: { ...now, usualCash: usual.cash, usualDigital: usual.digital, usualMotorcycles: usual.motorcycles },
    text: {
      id: `tunai ${percent(now.cash)} (biasanya ${percent(usual.cash)}), nontunai ${percent(now.digital)} (${percent(usual.digital)}), motor ${percent(now.motorcycles)} (${percent(usual.motorcycles)})`,
      en: `cash ${percent(now.cash)} (usually ${percent(usual.cash)}), cashless ${percent(now.digital)} (${percent(usual.digital)}), motorcycles ${percent(now.motorcycles)} (${percent(usual.motorcycles)})`,
    },
  });
  return [...terms, ...fieldTerm(window.shifts, tilt.fieldWeight)];
}

function fieldTerm(shifts: Verdict['window']['shifts'], weight: number): EvidenceTerm[] {
  const counts = shifts.flatMap((shift) => shift.fieldCounts);
  const came = counts.reduce((sum, [arrivals]) => sum + arrivals, 0);
  const written = counts.reduce((sum, [, recorded]) => sum + recorded, 0);
  if (came === 0) return [];
  const text = {
    id: `uji petik ${came} kendaraan, tercatat ${written}`,
    en: `field count ${came} vehicles, recorded ${written}`,
  };
  return [{ kind: 'field-count', weight, numbers: { came, written }, text }];
}
