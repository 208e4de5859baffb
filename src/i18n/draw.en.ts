/** Words of what is drawn. */
export const drawEn = {
  draw: {
    try: 'Try it: draw',
    pad: 'Pad: draw with a mouse, a pen or a finger. From the keyboard, take a test example.',
    erase: 'Erase',
    previous: 'Previous test example',
    next: 'Next test example',
    example: 'Test example {{index}}; its label is {{label}}.',
    seen: 'What the networks see',
    probabilities: 'Probability of each class, for each variant',
    says: '{{name}} says {{answer}} at {{share}}',
    differ: 'They disagree:',
    bothSay: 'Both say {{answer}}, at {{least}} or more',
    allSay: 'All say {{answer}}, at {{least}} or more',
    fit: {
      digit:
        'A drawing is scaled until it fits 20 × 20 pixels, and its centre of mass is moved to the middle of 28 × 28, as MNIST’s digits were.',
      clothing:
        'A drawing is scaled until it fills 28 × 28 pixels and stands in the middle, as the clothes of Fashion-MNIST do. Those are photographs: fill the outline in.',
    },
  },
};
