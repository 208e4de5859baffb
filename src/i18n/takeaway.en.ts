/** Words of what leaves the page. */
export const takeawayEn = {
  takeaway: {
    title: 'Take it away',
    download: 'Download',
    downloadOf: 'Download {{name}}',
    saveChart: 'Save the chart',
    saveSvg: 'Save as SVG',
    savePng: 'Save as PNG',
    reportPage: 'The run as a page',
    code: 'The recipe as code',
    language: 'Language of the code',
    languages: {
      pytorch: 'PyTorch',
      keras: 'Keras',
      tfjs: 'TensorFlow.js',
    },
    copy: 'Copy',
    copied: 'Copied',
    save: 'Save {{file}}',
    format: {
      whittle: '.whittle',
      safetensors: 'safetensors',
      tfjs: 'TensorFlow.js',
      json: 'JSON',
    },
    formatHint: {
      whittle: 'packed',
      safetensors: 'for Python',
      tfjs: 'model.json, weights',
      json: 'for any script',
    },
    madeBy: 'Made by Whittle {{version}}, {{when}}',
    machine: 'Where it ran',
    threads: 'Threads',
    browser: 'Browser',
  },
};
