import { MODELLED_BITS, type Table, type TableHead } from './table-model';

/** A model spends so many bits, by χ², until it knows how one node of the tree divides. */
const LEARNING = 4;
/** Of all bits of a tensor, what the file may grow by to be written sooner. */
const TOLERANCE = 0.001;

/**
 * How many of the lowest bits of the codes a model need not learn, since it would gain less than it costs: at
 * each level the numbers are divided into two about as evenly as by tossing a coin (χ², of
 * which a unit is some 0.7 bits to gain). Bits that surroundings foretell are never among them.
 */
export function plainBitsOf(
  { kept, codes }: Pick<Table, 'kept' | 'codes'>,
  { codeBits, mixedBits, restBits }: Omit<TableHead, 'sparse' | 'plainBits'>,
): number {
  const all = histogram(kept, codes, codeBits);
  let { counts } = all;
  for (let plain = 0; plain < codeBits - mixedBits; plain++) {
    const halves = halved(counts);
    const allowed = LEARNING * halves.nodes + TOLERANCE * all.total * (codeBits + restBits);
    if (halves.chiSquare > allowed && codeBits - plain <= MODELLED_BITS) return plain;
    counts = halves.counts;
  }
  return Math.max(0, codeBits - mixedBits);
}

function histogram(kept: Uint8Array, codes: Uint16Array, codeBits: number) {
  const counts = new Uint32Array(2 ** codeBits);
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    if (kept[i] === 0) continue;
    const code = codes[i] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
    total += 1;
  }
  return { counts, total };
}

/** One level up the tree: counts of both children together, nodes that occur, and Σ (n₀ − n₁)² / (n₀ + n₁). */
function halved(counts: Uint32Array) {
  const sums = new Uint32Array(counts.length / 2);
  let nodes = 0;
  let chiSquare = 0;
  for (let k = 0; k < sums.length; k++) {
    const zeros = counts[2 * k] ?? 0;
    const ones = counts[2 * k + 1] ?? 0;
    const both = zeros + ones;
    if (both === 0) continue;
    sums[k] = both;
    nodes += 1;
    chiSquare += (zeros - ones) ** 2 / both;
  }
  return { counts: sums, nodes, chiSquare };
}
