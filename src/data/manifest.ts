import * as z from 'zod/mini';

/** What scripts/prepare-data.mjs writes; raised together with its VERSION. */
const version = z.literal(1);

const shard = z.object({
  file: z.string().check(z.regex(/^[a-z0-9.-]+$/)),
  count: z.int().check(z.positive()),
  /** As transferred, deflated. */
  bytes: z.int().check(z.positive()),
});
export type Shard = z.infer<typeof shard>;

export const imageManifest = z.object({ version, train: z.array(shard), test: z.array(shard) });
export type ImageManifest = z.infer<typeof imageManifest>;

export const irisManifest = z.object({
  version,
  inputs: z.array(z.array(z.number()).check(z.length(4))),
  labels: z.array(z.int().check(z.minimum(0), z.maximum(2))),
});

/**
 * Reads a manifest.
 * @throws Error saying that the prepared data do not fit this version of the page
 */
export function readManifest<Schema extends z.ZodMiniType>(
  schema: Schema,
  bytes: Uint8Array,
): z.infer<Schema> {
  const read = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!read.success) {
    throw new Error(
      `the manifest does not fit this version of Whittle (${z.prettifyError(read.error)}): ` +
        'prepare the data again with `node scripts/prepare-data.mjs`',
    );
  }
  return read.data;
}
