import { resolveDataset } from '../../experiment/dataset';
import { OwnData } from '../own/OwnData';
import { DataProgress } from './DataProgress';
import { Noise } from './Noise';
import { ViewChoice } from './ViewChoice';

interface DataMoreProps {
  readonly dataset: string;
  /** Whether the dialog with data of the user's own is open. */
  readonly adding: boolean;
  readonly onAdding: (adding: boolean) => void;
}

/** What the data's card shows besides the choice: it comes after the first paint. */
export default function DataMore({ dataset, adding, onAdding }: DataMoreProps) {
  const resolved = resolveDataset(dataset);
  return (
    <>
      <ViewChoice dataset={dataset} />
      {resolved?.noise != null && (
        <Noise id={resolved.info.id} noise={resolved.noise} view={resolved.view} />
      )}
      <OwnData open={adding} onOpen={onAdding} />
      <DataProgress />
    </>
  );
}
