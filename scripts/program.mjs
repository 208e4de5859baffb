// @ts-check
/**
 * Bundles a program into text: `import program from './app.ts?program'` gives an ES module without imports, to be
 * written into a file that leaves the page.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { assembly } from './assembly.mjs';
import { ROOT } from './setup.mjs';

const QUERY = '?program';
const SHORT_ERRORS = join(ROOT, 'src/experiment/model-errors.short.ts');

/** @returns {import('vite').Plugin} */
export function program() {
  return {
    name: 'whittle-program',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const { text, files } = await bundled(id.slice(0, -QUERY.length));
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(text)};`;
    },
  };
}

/**
 * @param {string} entry
 * @param {{ reserved: string[] }} [shortened] Gives properties short names as well, but for these.
 * @returns {Promise<{ text: string, files: string[] }>}
 */
export async function bundled(entry, shortened) {
  const mangleProps = shortened && { include: /^[a-z]\w+$/i, ...shortened };
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [assembly()],
    resolve: { alias: [{ find: /[.][/]model-errors$/, replacement: SHORT_ERRORS }] },
    build: {
      ...{ target: 'es2023', write: false },
      lib: { entry, formats: ['es'], fileName: 'program' },
      rolldownOptions: {
        output: {
          // Libraries keep their white space unless told.
          minify: { codegen: { removeWhitespace: true }, mangleProps },
          comments: false,
        },
        checks: { bundlerTimings: false },
      },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  if (bundle === undefined || !('output' in bundle)) throw new Error(`${entry} does not bundle.`);
  const [chunk, ...others] = bundle.output;
  if (others.length > 0) throw new Error(`${entry} bundles into more than one file.`);
  const files = chunk.moduleIds.map((file) => file.replace(/[?].*/, ''));
  return { text: chunk.code, files };
}
