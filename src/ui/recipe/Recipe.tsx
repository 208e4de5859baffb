import { lazy, Suspense } from 'react';
import { DataCard } from './DataCard';
import { NetworkCard } from './NetworkCard';
import { Presets } from './Presets';
import { StepList } from './StepList';
import './recipe.css';

const PresetNote = lazy(() => import('./PresetNote'));

/** The experiment as cards: the data, the network, then the steps in order. */
export default function Recipe() {
  return (
    <>
      <Presets />
      <Suspense>
        <PresetNote />
      </Suspense>
      <DataCard />
      <NetworkCard />
      <StepList />
    </>
  );
}
