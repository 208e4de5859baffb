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
    wholePad:
      'The whole pad is the picture, made small as the pictures of the data were: every pixel is the mean of what falls on it.',
    inverted: 'Then it becomes dark ink on a bright ground, as the data is.',
    rotated: 'Then it is turned clockwise by a right angle, as the data is: draw upright.',
    choosePicture: 'Choose a picture …',
    ink: 'Colour of the pen',
    noPicture: 'This browser cannot read that as a picture. Try a PNG, JPEG or WebP file.',
    fit: {
      digit:
        'A drawing is scaled until it fits 20 × 20 pixels, and its centre of mass is moved to the middle of 28 × 28, as MNIST’s digits were.',
      clothing:
        'A drawing is scaled until it fills 28 × 28 pixels and stands in the middle, as the clothes of Fashion-MNIST do. Those are photographs: fill the outline in.',
    },
  },
};
