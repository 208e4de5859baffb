import type { takeawayEn } from './takeaway.en';
import type { Translated } from './translated';

export const takeawayZh: Translated<typeof takeawayEn> = {
  takeaway: {
    title: '带走',
    download: '下载',
    downloadOf: '下载 {{name}}',
    saveChart: '保存图表',
    saveSvg: '存为 SVG',
    savePng: '存为 PNG',
    reportPage: '把这次运行存为网页',
    code: '把配方写成代码',
    language: '代码所用的框架',
    languages: {
      pytorch: 'PyTorch',
      keras: 'Keras',
      tfjs: 'TensorFlow.js',
    },
    copy: '复制',
    copied: '已复制',
    save: '保存 {{file}}',
    format: {
      whittle: '.whittle',
      safetensors: 'safetensors',
      tfjs: 'TensorFlow.js',
      json: 'JSON',
    },
    formatHint: {
      whittle: '打包后',
      safetensors: '供 Python 使用',
      tfjs: 'model.json 与权重',
      json: '供各种脚本使用',
    },
    madeBy: '由 Whittle {{version}} 生成，{{when}}',
    machine: '运行环境',
    threads: '线程数',
    browser: '浏览器',
  },
};
