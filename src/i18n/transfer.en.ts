/** Words of a step that takes a network to another task. */
export const transferEn = {
  transfer: {
    view: 'Task',
    whole: 'The whole set',
    to: 'New task',
    same: 'The same data, a new head',
    bundled: 'Comes with Whittle',
    none: 'None chosen',
    made: 'The experiment that made it',
    waits: 'Waits until the network before is trained and nothing runs.',
    about:
      'The same network by three ways, all with as many examples and epochs: its layers tuned, its layers frozen under a new head, and all drawn anew. Five draws of the examples each; the band goes from the worst to the best.',
    start: 'Compare the three',
    goOn: 'Go on comparing',
    stop: 'Stop',
    progress: 'Trainings of the comparison that are done',
    perClass: 'Examples a class',
    inAll: 'Examples',
    way: { tuned: 'Fine-tuned', frozen: 'Frozen features', scratch: 'From scratch' },
  },
};
