/** Sentences for problems, by code; a code without one is shown with its own English message. */
export const problemsEn = {
  problem: {
    unexpected:
      'Something unexpected went wrong: {{detail}}. Reload the page to start over; the link keeps the experiment.',
    editedRunning:
      'The change concerns step {{step}}, which was running or done, so the run was stopped. Play runs it anew from there.',
    unknownDataset: 'There is no data set “{{dataset}}”. Choose one from the list.',
    crossEntropyNeedsClasses:
      'Cross-entropy needs classes, and this data set has numbers as targets. Choose the squared error.',
  },
};
