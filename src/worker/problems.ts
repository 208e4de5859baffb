import type { Problem } from '../experiment/problem';

export const NOT_SAVED: Problem = {
  code: 'notSaved',
  params: {},
  message:
    'This browser keeps nothing for this page (a private window, or a full disk), so a run cannot go on after the tab is closed.',
};

export const NOTHING_RUNS: Problem = {
  code: 'nothingRuns',
  params: {},
  message: 'Nothing is running whose learning rate could be changed. Press Play first.',
};

export const NOT_TRAINED: Problem = {
  code: 'notTrained',
  params: {},
  message: 'There is nothing to export yet at this step. Run the recipe first.',
};
