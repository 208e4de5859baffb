/** After this long without a byte a request counts as failed: a dead connection may never say so. */
const STALL_MS = 20_000;

/**
 * The body at `url`, exactly `expected` bytes long where that is known. `onProgress` is told how
 * many bytes have arrived.
 * @throws Error saying what went wrong: the status, the length, or that nothing arrives any more
 */
export async function fetchBytes(
  url: string,
  expected: number | null,
  onProgress: (loadedBytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const abort = new AbortController();
  const stalled = () => {
    abort.abort(new Error(`nothing arrived for ${String(STALL_MS / 1000)} seconds`));
  };
  let timer = setTimeout(stalled, STALL_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    // Read by hand: not every browser iterates a stream.
    const reader = response.body?.getReader();
    for (;;) {
      const read = await reader?.read();
      if (read === undefined || read.done) break;
      clearTimeout(timer);
      timer = setTimeout(stalled, STALL_MS);
      chunks.push(read.value);
      length += read.value.length;
      onProgress(length);
    }
    if (expected !== null && length !== expected) {
      throw new Error(`${String(length)} bytes arrived instead of ${String(expected)}`);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}

/** Inflates zlib-wrapped deflate; its checksum tells damaged data. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
