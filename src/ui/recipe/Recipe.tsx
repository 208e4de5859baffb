import { DataCard } from './DataCard';
import { NetworkCard } from './NetworkCard';
import { StepList } from './StepList';
import './recipe.css';

/** The experiment as cards: the data, the network, then the steps in order. */
export default function Recipe() {
  return (
    <>
      <DataCard />
      <NetworkCard />
      <StepList />
    </>
  );
}
