/** Words of a step that takes a network to another task. */
export const transferEn = {
  transfer: {
    view: 'Task',
    whole: 'The whole set',
    source: 'Goes on from',
    behind: '{{step}} {{name}}',
    untrained: 'The untrained network',
    file: 'A file, or a network that comes with Whittle',
    to: 'New task',
    same: 'The same data, a new head',
    bundled: 'Comes with Whittle',
    none: 'None chosen',
    made: 'The experiment that made it',
    waits: 'Goes on when nothing else runs.',
    about:
      'The same network by other ways, all with as many examples and epochs: its layers tuned, its layers frozen under a new head, and all drawn anew. Each number is the mean of five draws; beside it, the worst and the best.',
    title: 'Is it better than from scratch?',
    kept: {
      accuracy:
        'With the head that it had, it still gets {{after}} of the task before right; it was {{before}}.',
      error:
        'With the head that it had, its mean squared error on the task before is {{after}}; it was {{before}}.',
    },
    /** The lines of the chart of it. */
    oldTask: 'The task before',
    newTask: 'The new task',
    of: { tuned: 'fine-tuned', frozen: 'with frozen features', scratch: 'from scratch' },
    verdict: {
      accuracy:
        'On average over {{draws}} draws it gets {{score}} of the new task right {{way}}, and {{scratch}} from scratch.',
      error:
        'On average over {{draws}} draws its mean squared error on the new task is {{score}} {{way}}, and {{scratch}} from scratch.',
    },
    worth: {
      accuracy: {
        better: 'What it had learned is worth {{worth}} points (better in {{wins}} of {{draws}}).',
        worse: 'What it had learned costs {{worth}} points (better in {{wins}} of {{draws}}).',
        even: 'Whether what it had learned helps, these draws cannot tell (better in {{wins}} of {{draws}}).',
      },
      error: {
        better:
          'What it had learned divides the error by {{worth}} (better in {{wins}} of {{draws}}).',
        worse:
          'What it had learned multiplies the error by {{worth}} (better in {{wins}} of {{draws}}).',
        even: 'Whether what it had learned helps, these draws cannot tell (better in {{wins}} of {{draws}}).',
      },
    },
    start: { own: 'Compare them', all: 'With other numbers of examples, too' },
    stop: 'Stop',
    progress: 'Trainings of the comparison that are done',
    perClass: 'Examples a class',
    /** What the three are compared by. */
    score: {
      accuracy: 'Accuracy on the new task',
      error: 'Mean squared error on the new task',
    },
    /** While not all are there. */
    draws: '{{draws}} of {{all}} draws',
    inAll: 'Examples',
    way: { tuned: 'Fine-tuned', frozen: 'Frozen features', scratch: 'From scratch' },
  },
};
