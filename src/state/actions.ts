import type { Experiment } from '../experiment/experiment';
import { parseLink } from '../experiment/link';
import { techniqueSpecs } from '../techniques/registry';
import { onDataset } from './adapt';
import { variantAt } from './details';
import type { Page, PageActions, PageState } from './page-state';
import { keepPreference } from './preferences';
import * as recipe from './recipe';
import type { PageStore, Session } from './session';
import { canonicalLink } from './session';
import * as timeline from './timeline';
import type { Timeline } from './timeline';

function timelineOf({ link, past, future, held }: PageState): Timeline {
  return { present: link.experiment, past, future, held };
}

/** What the user can do. Each is a line or two: the thinking is in the pure modules and the session. */
export function createActions(
  set: PageStore['setState'],
  get: () => Page,
  session: () => Session,
): PageActions {
  function apply(next: Timeline): void {
    const before = get().link.experiment;
    const { present, past, future, held } = next;
    set(({ link, problems }) => ({
      link: { ...link, experiment: present },
      past,
      future,
      held,
      // A message at a control speaks of a value that is no more.
      problems:
        present === before
          ? problems
          : problems.filter(({ at }) => at === undefined || at === 'link'),
    }));
    if (!timeline.sameExperiment(before, present)) session().follow(before, present);
  }
  function edit(change: (experiment: Experiment) => Experiment, transient = false): void {
    const now = timelineOf(get());
    const next = change(now.present);
    if (next !== now.present) apply(timeline.edit(now, next, transient));
  }
  // Why a run ended is told by the session in the page's messages; here nobody waits for it.
  const start = (options: { single: boolean; resume: boolean }) => {
    session()
      .run(options)
      .catch(() => undefined);
  };

  return {
    play: () => {
      start({ single: false, resume: false });
    },
    pause: () => {
      session().pause();
    },
    singleStep: () => {
      start({ single: true, resume: false });
    },
    reset: () => {
      void session().reset();
    },
    timeFiles: () => {
      void session().timeFiles();
    },
    resumeSaved: () => {
      const { savedRun, link } = get();
      if (savedRun === null) return;
      if (canonicalLink(link.experiment, link.view.backend) !== savedRun.link) {
        const saved = parseLink(savedRun.link, techniqueSpecs);
        get().open({
          experiment: saved.link.experiment,
          view: { ...link.view, backend: saved.link.view.backend },
        });
      }
      start({ single: false, resume: true });
    },
    discardSaved: () => {
      set({ savedRun: null });
      session().client.request('discardSavedRun', {}).catch(session().report);
    },

    setDataset: (ref, transient = false) => {
      edit((experiment) => onDataset(experiment, ref), transient);
    },
    setModel: (ref) => {
      edit((experiment) => ({ ...experiment, model: ref }));
    },
    setSeed: (seed) => {
      edit((experiment) => ({ ...experiment, seed: seed >>> 0 }));
    },
    setBackend: (backend) => {
      get().setView({ backend });
      session().prepare();
    },
    setOption: (index, option, value, transient = false) => {
      const { link, cursor, status } = get();
      const step = link.experiment.recipe[index];
      if (step === undefined) return;
      const live = cursor.step === index && (status === 'running' || status === 'paused');
      if (live && option === 'lr' && typeof value === 'number') {
        set({ liveLearningRate: value, liveDrag: transient });
        session().sendLearningRate(value);
        return;
      }
      const next = recipe.withOption(step, option, value);
      if (next !== null) edit((now) => recipe.replaceStep(now, index, next), transient);
    },
    commit: () => {
      const { liveDrag, liveLearningRate } = get();
      set({ liveDrag: false });
      // The last rate of the drag is yet to be written: with it the drag is one entry of the past.
      if (liveDrag && liveLearningRate !== null) return;
      apply(timeline.commit(timelineOf(get())));
    },
    writeStep: (index, step, transient) => {
      const now = timelineOf(get());
      const { present, past, future, held } = timeline.edit(
        now,
        recipe.replaceStep(now.present, index, step),
        transient,
      );
      set(({ link }) => ({ link: { ...link, experiment: present }, past, future, held }));
    },
    addStep: (technique, at) => {
      edit((experiment) => recipe.addStep(experiment, technique, at));
    },
    copyStep: (index) => {
      edit((experiment) => recipe.copyStep(experiment, index));
    },
    loadFile: (index, files) => {
      const at = `step.${String(index)}.file`;
      set(({ problems }) => ({ problems: problems.filter((problem) => problem.at !== at) }));
      session()
        .importFiles(files, index)
        .then((file) => {
          const name = files[0]?.name ?? '';
          set((page) => ({ files: { ...page.files, [file.id]: name } }));
          edit((experiment) => recipe.withFile(experiment, index, file));
          // The very file that was missing changes nothing but that it is there.
          session().found(file);
        })
        .catch(session().report);
    },
    loadBundled: (index, { id, network, dataset }) => {
      edit((experiment) => recipe.withFile({ ...experiment, dataset }, index, { id, network }));
    },
    findFile: (id) => {
      const { client, report } = session();
      client.request('fileName', { id }).then((name) => {
        set((page) => ({ files: { ...page.files, [id]: name } }));
      }, report);
    },
    takeRate: (index, rate) => {
      edit((experiment) => {
        const step = experiment.recipe[index];
        if (step === undefined) return experiment;
        return recipe.replaceStep(experiment, index, recipe.withRate(step, rate));
      });
    },
    removeStep: (index) => {
      edit((experiment) => recipe.removeStep(experiment, index));
    },
    moveStep: (from, to) => {
      edit((experiment) => recipe.moveStep(experiment, from, to));
    },
    undo: () => {
      apply(timeline.undo(timelineOf(get())));
    },
    redo: () => {
      apply(timeline.redo(timelineOf(get())));
    },
    open: (link, problems = []) => {
      const backend = get().link.view.backend;
      set({ link: { ...get().link, view: link.view }, problems });
      edit(() => link.experiment);
      set({ problems });
      if (link.view.backend !== backend) session().prepare();
    },
    setView: (view) => {
      set(({ link }) => ({ link: { ...link, view: { ...link.view, ...view } } }));
    },

    choose: (a, b) => {
      const { experiment } = get().link;
      if (variantAt(experiment, a) && variantAt(experiment, b)) session().details.choose(a, b);
    },
    setTheme: (theme) => {
      keepPreference('theme', theme);
      set({ theme });
    },
    setLanguage: (language) => {
      keepPreference('language', language);
      set({ language });
      if (get().link.view.lang !== undefined) get().setView({ lang: language });
    },
    dismiss: (problem) => {
      set(({ problems }) => ({ problems: problems.filter((other) => other !== problem) }));
    },
    retryData: () => {
      session().client.request('retryData', {}).catch(session().report);
    },
  };
}
