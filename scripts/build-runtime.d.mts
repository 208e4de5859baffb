/** Writes the package into a folder; the module's bytes, plain and compressed. */
export function buildRuntime(
  folder: string,
): Promise<{ bytes: number; gzip: number; brotli: number }>;
