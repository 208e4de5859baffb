import { crc32 } from '../deploy/crc32';
import { decodeWhittle, encodeWhittle, type PackedNetwork } from '../deploy/whittle-file';
import { layerString } from '../experiment/model';
import { optionOfModel } from '../experiment/options';
import { WhittleError } from '../experiment/problem';
import type { Bundled } from './bundled';
import { withoutGrids } from '../techniques/float-activations';
import type { ImportedFile, UserFile } from './protocol';
import { readNetwork } from './read-network';
import type { Store } from './store';

/** Of a file that was imported. */
interface Kept {
  readonly name: string;
  /** As a `.whittle` file, whatever it was. */
  readonly bytes: Uint8Array;
}

const PREFIX = 'file/';

export type Files = ReturnType<typeof createFiles>;

/** Networks from the user's files, kept in this browser by what is in them, and those that come with the page. */
export function createFiles(store: Store, bundled: Bundled) {
  const known = new Map<string, PackedNetwork>();

  async function kept(id: string): Promise<Kept | null> {
    const value = await store.get(PREFIX + id);
    return isKept(value) ? value : null;
  }

  return {
    /** Of one file, or of several that belong together. @throws WhittleError where they hold no network */
    import: async (given: readonly UserFile[]): Promise<ImportedFile> => {
      const network = await readNetwork(given);
      const bytes = encodeWhittle(network);
      const id = `${crc32(bytes).toString(16).padStart(8, '0')}-${bytes.length.toString(36)}`;
      await store.write({
        put: { [PREFIX + id]: { name: given[0]?.name ?? '', bytes } satisfies Kept },
      });
      known.set(id, network);
      const { architecture } = network;
      return { id, network: optionOfModel(layerString(withoutGrids(architecture))) };
    },
    /** Null where it is not in this browser. */
    nameOf: async (id: string): Promise<string | null> => (await kept(id))?.name ?? null,
    /** @throws WhittleError where it is not in this browser */
    network: async (id: string): Promise<PackedNetwork> => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const bytes = (await kept(id))?.bytes ?? (await bundled(id));
      if (bytes === null) throw notHere(id);
      const network = decodeWhittle(bytes);
      known.set(id, network);
      return network;
    },
  };
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'bytes' in value && 'name' in value;
}

function notHere(file: string): WhittleError {
  return new WhittleError({
    code: 'fileNotHere',
    params: { file },
    at: 'file',
    message: `The file ${file} that this experiment begins with is not in this browser: files do not travel with links. Choose it again, or another, or leave this step out.`,
  });
}
