import { z } from 'zod';

/** What scripts/prepare-data.mjs writes; raised together with its VERSION. */
const version = z.literal(1);

const shard = z.object({
  file: z.string().regex(/^[a-z0-9.-]+$/),
  count: z.int().positive(),
  /** As transferred, deflated. */
  bytes: z.int().positive(),
});
export type Shard = z.infer<typeof shard>;

export const imageManifest = z.object({ version, train: z.array(shard), test: z.array(shard) });
export type ImageManifest = z.infer<typeof imageManifest>;

export const irisManifest = z.object({
  version,
  inputs: z.array(z.array(z.number()).length(4)),
  labels: z.array(z.int().min(0).max(2)),
});

/**
 * Reads a manifest.
 * @throws Error saying that the prepared data do not fit this version of the page
 */
export function readManifest<Schema extends z.ZodType>(
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
