import { OwnData } from '../own/OwnData';
import { DataProgress } from './DataProgress';
import { Noise } from './Noise';

interface DataMoreProps {
  /** The set, and its noise where it has any. */
  readonly id: string | undefined;
  readonly noise: number | null;
  /** Whether the dialog with data of the user's own is open. */
  readonly adding: boolean;
  readonly onAdding: (adding: boolean) => void;
}

/** What the data's card shows besides the choice: it comes after the first paint. */
export default function DataMore({ id, noise, adding, onAdding }: DataMoreProps) {
  return (
    <>
      {id !== undefined && noise !== null && <Noise id={id} noise={noise} />}
      <OwnData open={adding} onOpen={onAdding} />
      <DataProgress />
    </>
  );
}
