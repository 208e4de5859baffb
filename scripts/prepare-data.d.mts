export interface PrepareOptions {
  readonly output?: string;
  readonly packages?: string;
  readonly sets?: readonly string[];
  readonly force?: boolean;
  readonly log?: (line: string) => void;
}

/** See prepare-data.mjs. */
export function prepareData(
  options?: PrepareOptions,
): Promise<{ prepared: string[]; upToDate: string[] }>;
