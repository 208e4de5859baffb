/** A kind of file that a network can leave as. */
export interface FileKind {
  /** What its name ends in. */
  readonly extension: string;
  readonly type: string;
}

const BYTES = 'application/octet-stream';

/** The kinds of files, by the ids that programs ask for; `export-file.ts` has what makes each. */
export const EXPORT_FORMATS = {
  whittle: { extension: '.whittle', type: BYTES },
  safetensors: { extension: '.safetensors', type: BYTES },
  html: { extension: '.html', type: 'text/html;charset=utf-8' },
  onnx: { extension: '.onnx', type: BYTES },
  'onnx-float16': { extension: '-float16.onnx', type: BYTES },
  'onnx-int8': { extension: '-int8.onnx', type: BYTES },
  'onnx-int8-weights': { extension: '-int8-weights.onnx', type: BYTES },
  'onnx-int4-weights': { extension: '-int4-weights.onnx', type: BYTES },
  tfjs: { extension: '-tfjs.zip', type: 'application/zip' },
  json: { extension: '.json', type: 'application/json;charset=utf-8' },
} as const satisfies Readonly<Record<string, FileKind>>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Whether there is such a format: a program may ask for any. */
export function isExportFormat(format: unknown): format is ExportFormat {
  return typeof format === 'string' && Object.hasOwn(EXPORT_FORMATS, format);
}

/** What a recipe can be written in, with the name of its file. */
export const CODE_FILES = {
  pytorch: 'recipe_pytorch.py',
  keras: 'recipe_keras.py',
  tfjs: 'recipe-tfjs.mjs',
} as const;

export type CodeLanguage = keyof typeof CODE_FILES;
