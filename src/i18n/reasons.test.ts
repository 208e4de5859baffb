import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { decodeOnnx } from '../deploy/onnx/decode-onnx';
import { decodeSafetensors } from '../deploy/safetensors';
import { decodeTfjs } from '../deploy/tfjs/decode';
import { decodeWhittle } from '../deploy/whittle-file';
import { toProblem, type Problem } from '../experiment/problem';
import { readIdx } from '../worker/pictures/idx';
import { reasonsZh } from './reasons.zh';
import { translator } from './translate';
import { problemText } from './useProblemText';
import { zh } from './zh';

/** What refuses a file, and which of its arguments is the reason. */
const REFUSALS: ReadonlyMap<string, number> = new Map([
  ...(['badFile', 'bad', 'badModel', 'badOnnx'] as const).map((name) => [name, 0] as const),
  ...(['side', 'unsupported', 'need', 'node.need'] as const).map((name) => [name, 1] as const),
  ['unsupportedNode', 2],
  ['brokenIdx', 1],
]);

/** The reasons that a source gives, with gaps as `told` has them. */
function reasonsIn(source: ts.SourceFile): string[] {
  const constants = new Map<string, string>();
  const reasons: string[] = [];
  const textOf = (node: ts.Expression): string | undefined => {
    if (ts.isStringLiteral(node)) return node.text;
    if (ts.isIdentifier(node)) return constants.get(node.text);
    if (!ts.isTaggedTemplateExpression(node)) return undefined;
    const { template } = node;
    if (!ts.isTemplateExpression(template)) return undefined;
    const quotes = (gap: ts.Expression) =>
      /^(reason|problem|toProblem\(error\))$/.test(gap.getText());
    return template.templateSpans.reduce(
      (text, { expression, literal }, i) =>
        `${text}{{${quotes(expression) ? 'reason' : String(i)}}}${literal.text}`,
      template.head.text,
    );
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    ) {
      constants.set(node.name.getText(), node.initializer.text);
    }
    const at = ts.isCallExpression(node) ? REFUSALS.get(node.expression.getText()) : undefined;
    const reason = at !== undefined && ts.isCallExpression(node) ? node.arguments[at] : undefined;
    // What a caller gives stands there; a problem that is quoted has a sentence of its own.
    const isOther = /^reason$|\bproblem\b|\berror[.]message\b/.test(reason?.getText() ?? '');
    const isTold = reason !== undefined && ts.isTaggedTemplateExpression(reason);
    if (reason !== undefined && (isTold || !isOther)) {
      reasons.push(textOf(reason) ?? `${source.fileName}: ${reason.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return reasons;
}

function reasonsOfSources(): readonly string[] {
  const files = ['../deploy', '../worker/pictures'].flatMap((name) => {
    const folder = join(import.meta.dirname, name);
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return paths.map((path) => join(folder, path));
  });
  const reasons = files
    .filter((path) => path.endsWith('.ts') && !/\.test\.|testing/.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .flatMap(({ path, text }) =>
      reasonsIn(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)),
    );
  return [...new Set(reasons)].sort();
}

describe('the Chinese reasons why a file is refused', () => {
  it('are there for every reason that the readers of files give, and for no other', () => {
    expect(Object.keys(reasonsZh).sort()).toEqual(reasonsOfSources());
  });

  it('fill the gaps that the reasons have', () => {
    const gaps = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([gap]) => gap).sort();
    for (const [reason, text] of Object.entries(reasonsZh))
      expect(gaps(text)).toEqual(gaps(reason));
  });
});

describe('a file that is refused', () => {
  const chinese = translator('zh', zh);
  const tellOf = (read: () => unknown): string => {
    try {
      read();
    } catch (error) {
      return problemText(toProblem(error), chinese);
    }
    throw new Error('It was read.');
  };
  const safetensors = (layers: string) => {
    const architecture = JSON.stringify({ task: 'classification', input: [4], layers });
    const header = new TextEncoder().encode(JSON.stringify({ __metadata__: { architecture } }));
    const bytes = new Uint8Array(8 + header.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(header, 8);
    return bytes;
  };

  it('is told of with its reason in Chinese, whatever it was to be', () => {
    expect(tellOf(() => decodeWhittle(new Uint8Array(3)))).toBe(
      '这不是 .whittle 文件，或者文件已损坏（开头不是 WHTL）。请重新导出。',
    );
    expect(tellOf(() => decodeSafetensors(new Uint8Array(3)))).toBe(
      '无法打开这个 safetensors 文件：文件过早结束。请选用 Whittle 导出的文件；如果文件已损坏，请重新导出。',
    );
    expect(tellOf(() => decodeOnnx(new Uint8Array()))).toBe(
      '这里无法读取这个 ONNX 文件（其中没有网络）。',
    );
    expect(tellOf(() => decodeTfjs({ model: '{}', weights: new Uint8Array() }))).toBe(
      '无法打开这个 TensorFlow.js 模型：其中的 model.json 不是 layers 模型的。请用 model.save() 重新保存。',
    );
  });

  it('of pictures is told of with its reason in Chinese, too', () => {
    const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0x10, 0, 7);
    expect(tellOf(() => readIdx('labels', labels))).toBe(
      'labels 无法作为 IDX 读取：4096 个字节加上文件头应为 4,104 个字节，实际有 9 个。请选择完整的文件，数值应像 MNIST 那样是无符号字节。',
    );
  });

  it('names in Chinese what is wrong with its network', () => {
    expect(tellOf(() => decodeSafetensors(safetensors('dropout-1')))).toBe(
      '无法打开这个 safetensors 文件：层“dropout-1”的丢弃比例应在 0 到 0.95 之间。请选用 Whittle 导出的文件；如果文件已损坏，请重新导出。',
    );
    expect(tellOf(() => decodeSafetensors(safetensors('dense-3-none')))).toBe(
      '无法打开这个 safetensors 文件：其中的张量与网络不符。请选用 Whittle 导出的文件；如果文件已损坏，请重新导出。',
    );
  });

  it('is named in Chinese with all that lies behind', () => {
    const cause: Problem = {
      code: 'badOnnxFile',
      params: { reason: 'it holds no network' },
      message: 'This is not an ONNX file that can be read here: it holds no network.',
    };
    const params = { name: 'a.onnx', reason: cause.message };
    expect(problemText({ code: 'fileRefused', params, message: '', cause }, chinese)).toBe(
      'a.onnx 无法载入。这里无法读取这个 ONNX 文件（其中没有网络）。',
    );
  });
});
