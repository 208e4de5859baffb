import { parseLab, printLab, type LabOptions } from '../lab/options';
import { whittleSession, whittleStore } from './store';

/** The race that was left, for whoever comes back to it. */
let left = '';

export function openLab(): void {
  const { link, setView } = whittleStore.getState();
  if (link.view.lab === undefined) setView({ lab: left });
}

/** Back to the playground, where the experiment is as it was. */
export function closeLab(): void {
  whittleStore.setState(({ link }) => {
    const { lab = '', ...view } = link.view;
    left = lab;
    return { link: { ...link, view } };
  });
  whittleSession().prepare();
}

export function setLab(change: Partial<LabOptions>): void {
  const { link, setView } = whittleStore.getState();
  const { options } = parseLab(link.view.lab ?? '');
  setView({ lab: printLab({ ...options, ...change }) });
}

/** Tells what of a link could not be used, and writes what is used instead. */
export function tidyLab(text: string): void {
  const { options, problems } = parseLab(text);
  if (problems.length === 0) return;
  whittleStore.setState(({ problems: told }) => ({
    problems: [
      ...told.filter(({ message }) => problems.every((problem) => problem.message !== message)),
      ...problems,
    ],
  }));
  whittleStore.getState().setView({ lab: printLab(options) });
}
