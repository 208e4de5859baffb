import { DataCard } from './DataCard';
import { NetworkCard } from './NetworkCard';
import { Presets } from './Presets';
import { StepList } from './StepList';
import './recipe.css';

/** The experiment as cards: the data, the network, then the steps in order. */
export default function Recipe() {
  return (
    <>
      <Presets />
      <DataCard />
      <NetworkCard />
      <StepList />
    </>
  );
}
