import type { DatasetRef } from '../../experiment/experiment';
import { ownNamed } from '../../experiment/own-dataset';
import { whittleSession, whittleStore } from '../../state/store';
import { adaptedNote } from './adapted';

/** Takes a set for the experiment. The very one that was missing changes nothing but that it is there. */
export function takeSet(ref: DatasetRef): void {
  const { link, setDataset } = whittleStore.getState();
  if (link.experiment.dataset !== ref) {
    setDataset(ref);
    const { link: now, own } = whittleStore.getState();
    const name = ownNamed(own, ref)?.name ?? ref;
    const note = adaptedNote(link.experiment, now.experiment, name);
    if (note !== null) whittleStore.setState(({ problems }) => ({ problems: [...problems, note] }));
    return;
  }
  whittleStore.setState(({ problems }) => ({
    problems: problems.filter(({ code }) => code !== 'dataNotHere'),
  }));
  const session = whittleSession();
  session.prepare();
  void session.refresh();
}
