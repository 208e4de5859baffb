/**
 * Lengths in bits of a prefix code for these frequencies, at most `limit`; 0 for symbols that do not
 * occur (Huffman 1952). Where the best code is too long, frequencies are halved until it fits.
 */
export function codeLengths(frequencies: ArrayLike<number>, limit: number): Uint8Array {
  let weights = Array.from(frequencies);
  for (;;) {
    const lengths = huffmanLengths(weights);
    if (lengths.every((length) => length <= limit)) return lengths;
    weights = weights.map((weight) => Math.ceil(weight / 2));
  }
}

interface Node {
  readonly weight: number;
  readonly symbol: number;
  readonly children: readonly [Node, Node] | null;
}

function huffmanLengths(weights: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(weights.length);
  const leaves: Node[] = weights
    .map((weight, symbol) => ({ weight, symbol, children: null }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.weight - b.weight || a.symbol - b.symbol);
  const [only] = leaves;
  if (only === undefined) return lengths;
  if (leaves.length === 1) {
    lengths[only.symbol] = 1;
    return lengths;
  }
  // Joined nodes come out in order of weight, so the lightest is at the head of one of two queues.
  const joined: Node[] = [];
  let nextLeaf = 0;
  let nextJoined = 0;
  const lightest = (): Node => {
    const leaf = leaves[nextLeaf];
    const node = joined[nextJoined];
    if (leaf !== undefined && (node === undefined || leaf.weight <= node.weight)) {
      nextLeaf += 1;
      return leaf;
    }
    if (node === undefined) throw new Error('The queues of a Huffman tree are empty.');
    nextJoined += 1;
    return node;
  };
  for (let joins = 1; joins < leaves.length; joins++) {
    const children = [lightest(), lightest()] as const;
    joined.push({ weight: children[0].weight + children[1].weight, symbol: -1, children });
  }
  const measure = ({ symbol, children }: Node, depth: number): void => {
    if (children === null) lengths[symbol] = depth;
    else for (const child of children) measure(child, depth + 1);
  };
  measure(lightest(), 0);
  return lengths;
}

/**
 * The canonical code of these lengths (RFC 1951, 3.2.2): shorter codes first, of equal length by
 * symbol. Bits are reversed, ready to be written from the lowest.
 */
export function canonicalCodes(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    lengths.forEach((each, symbol) => {
      if (each === length) codes[symbol] = reversed(code++, length);
    });
    code <<= 1;
  }
  return codes;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}
