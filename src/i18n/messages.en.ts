/** Words of what comes when there is something to say: messages, and how data arrives. */
export const messagesEn = {
  arriving: {
    noise: 'Noise',
    noiseHint: 'Standard deviation, relative to the scale of the data',
    loaded: '{{loaded}} of {{total}}',
    loading: 'Loading the data',
    failed_one: '{{count}} part of the data could not be loaded.',
    failed_other: '{{count}} parts of the data could not be loaded.',
    retry: 'Load again',
  },
  saved: {
    title: 'A run was interrupted',
    detail: 'at step {{step}}, iteration {{iteration}}, {{when}}.',
    other: 'It belongs to another experiment; going on opens that one.',
    goOn: 'Go on',
    discard: 'Discard',
  },
  notice: {
    title: 'Messages',
    link: 'The link had {{count}} things that could not be used:',
    more: '{{count}} more',
    dismiss: 'Dismiss',
    dismissAll: 'Dismiss all',
  },
};
