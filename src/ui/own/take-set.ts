import type { DatasetRef } from '../../experiment/experiment';
import { whittleSession, whittleStore } from '../../state/store';

/** Takes a set for the experiment. The very one that was missing changes nothing but that it is there. */
export function takeSet(ref: DatasetRef): void {
  const { link, setDataset } = whittleStore.getState();
  if (link.experiment.dataset !== ref) {
    setDataset(ref);
    return;
  }
  whittleStore.setState(({ problems }) => ({
    problems: problems.filter(({ code }) => code !== 'dataNotHere'),
  }));
  const session = whittleSession();
  session.prepare();
  void session.refresh();
}
