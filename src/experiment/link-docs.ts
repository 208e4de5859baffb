import { DATASETS, DEFAULT_NOISE, MAX_NOISE, resolveDataset, viewsOf } from './dataset';
import { BACKENDS, LANGUAGES } from './experiment';
import { LINK_VERSION, MAX_LINK_LENGTH, MAX_STEPS, defaultExperiment, printLink } from './link';
import { REFERENCE_MODELS } from './model';
import { optionMeta } from './options';
import type { OptionMeta, OptionSchema } from './options';
import type { TechniqueSpecs } from './technique';

const code = (text: string | number) => `\`${String(text)}\``;
const list = (texts: readonly (string | number)[]) => texts.map(code).join(', ');

/** The text of docs/link.md: the syntax of links, every key, and every option of every technique. */
export function linkDocs(specs: TechniqueSpecs, lab: OptionSchema<object>): string {
  return `${[intro(specs), keys(), models(), steps(specs), laboratory(lab), reading()].join('\n\n')}\n`;
}

function intro(specs: TechniqueSpecs): string {
  const example = printLink(
    {
      experiment: defaultExperiment(specs),
      view: { backend: 'auto', run: false, embed: false },
    },
    specs,
  );
  return `# Links

<!-- Made from the schemas in src/techniques by src/techniques/registry.test.ts: \`UPDATE_DOCS=1 npx vitest run src/techniques/registry.test.ts\`. -->

An experiment is a link: the part behind \`#\` spells the data, the network, the seed and every step. The same link on the same kind of backend gives the same result. This is the default experiment:

    #${example}

The fragment is a list of \`key=value\` pairs with \`&\` between them. Reserved keys describe the experiment and how it is shown. Every other key is a technique, and their order is the recipe; a technique may come more than once. The value of a technique is a list of \`option:value\` with commas between them, and options at their default are left out, so \`prune=\` prunes with every option at its default.

Only \`A–Z a–z 0–9 . _ ~ : , = & -\` appear, so chat programs and Markdown keep the whole link. Links of at most ${String(MAX_LINK_LENGTH)} characters and ${String(MAX_STEPS)} steps are certain to be read.`;
}

function keys(): string {
  const noisy = DATASETS.filter(({ id }) => resolveDataset(id)?.noise !== null);
  const viewed = DATASETS.flatMap(({ id }) => viewsOf(id).map((view) => `${id}:${view}`));
  const rows: readonly (readonly [key: string, meaning: string, absent: string])[] = [
    [
      'v',
      `Version of the link format: ${code(LINK_VERSION)}. Older versions are read for ever.`,
      code(LINK_VERSION),
    ],
    [
      'data',
      `The data set: ${list(DATASETS.map(({ id }) => id))}. Of ${list(noisy.map(({ id }) => id))} the noise may follow, from 0 to ${String(MAX_NOISE)}, as in ${code('spiral:0.2')}; without it it is ${String(DEFAULT_NOISE)}. A view of a set makes another task of it: ${list(viewed)}. Data of the user's own is ${code('own:<id>:<shape>:<answer>')}, as in ${code('own:9f3a2b1c-8k:28x28x1:c5')} (pictures, five classes) and ${code('own:9f3a2b1c-u0:12:n1')} (rows of twelve inputs, a number): the data itself does not travel with the link, see [data](data.md#data-of-ones-own).`,
      code('mnist'),
    ],
    ['model', 'The network, see below.', 'one that suits the data'],
    ['seed', 'Whole number from 0 to 4294967295. Every random choice comes from it.', code(7)],
    [
      'recipe',
      `${code('none')}: no steps at all.`,
      'a recipe that suits the data, where there is no step',
    ],
    ['backend', `What computes: ${list(['auto', ...BACKENDS])}.`, code('auto')],
    [
      'title',
      'A title. Spaces are `_`; letters, digits and `. , : -` stand for themselves; all else is its UTF-8 bytes, each `~` and two hexadecimal digits.',
      'none',
    ],
    ['run', `${code(1)} starts on opening.`, code(0)],
    ['embed', `${code(1)} leaves out the header, for a page inside a page.`, code(0)],
    ['lang', `Language of the page: ${list(LANGUAGES)}.`, "the reader's"],
    ['lesson', 'The lesson that is open.', 'none'],
    [
      'lab',
      'The laboratory of descent is open, with these options: see [below](#the-laboratory-of-descent).',
      'it is closed',
    ],
  ];
  return `## Reserved keys

| key | meaning | where it is absent |
|---|---|---|
${rows.map(([key, meaning, absent]) => `| ${code(key)} | ${meaning} | ${absent} |`).join('\n')}`;
}

function models(): string {
  return `## Networks

- A reference network: ${list(REFERENCE_MODELS)}. See [definitions](definitions.md#reference-networks).
- \`mlp:300-100\`: dense layers of 300 and 100 units; \`mlp:300-100:tanh\` with another activation than ReLU.
- \`net:\` and layers with commas between them: \`net:conv-6-k5,maxpool-2,dense-84-tanh\`.

| layer | arguments | default |
|---|---|---|
| \`dense-84\` | units | |
| \`conv-6-k5-s1-same\` | filters; kernel \`k\`; stride \`s\`; padding \`same\` or \`valid\` | \`k3-s1-valid\` |
| \`maxpool-2-s2\`, \`avgpool-2\` | size; stride \`s\` | size 2, stride as the size |
| \`batchnorm\` | | |
| \`dropout-0.5\` | share that is dropped | 0.5 |
| \`flatten\` | | |

Behind the number of a dense or convolutional layer may stand an activation (\`relu\`, \`leaky\`, \`tanh\`, \`sigmoid\`, \`gelu\`, \`none\`; default \`relu\`) and an initialization (\`he\`, \`glorot\`, \`lecun\`; default \`he\` for \`relu\`, \`leaky\` and \`gelu\`, else \`glorot\`). The output layer is added by itself, and a flatten where a dense layer follows a picture.`;
}

function steps(specs: TechniqueSpecs): string {
  const sections = Object.values(specs).map(({ id, options }) => {
    const rows = optionRows(id, options);
    if (rows.length === 0) return `### ${code(id)}\n\nIt has no options: ${code(`${id}=`)}.`;
    return `### ${code(id)}\n\n| option | values | default |\n|---|---|---|\n${rows.join('\n')}`;
  });
  return `## Steps

What the options do is in [definitions](definitions.md).

${sections.join('\n\n')}

The text \`at\` of \`train\` holds the learning rates that were set while it ran, as \`iteration~rate\`, \`iteration~rate~iteration~rate\` and so on, so that the link reproduces the run. The text \`layers\` of a technique sets layers apart from the others, as \`layer~value\`, \`layer~value~layer~value\` and so on: \`prune=sparsity:0.9,layers:dense1~0.95~dense2~0.8\`, \`quantize=bits:4,layers:dense3~8\`. Layers are named by kind and counted from 1.`;
}

/** Every option with what it takes and its default, as rows of a table. */
function optionRows(key: string, { shape }: OptionSchema<object>): readonly string[] {
  return Object.entries(shape).map(([name, schema]) => {
    const meta = optionMeta.get(schema);
    if (meta === undefined) throw new Error(`The option ${key}.${name} has no metadata.`);
    return `| ${code(name)} | ${values(meta)} | ${meta.default === '' ? 'empty' : code(meta.default)} |`;
  });
}

function laboratory(options: OptionSchema<object>): string {
  return `## The laboratory of descent

${code('lab=')} with options as those of a step opens the [laboratory](lab.md): ${code('lab=function:rosenbrock,x:-1.2,y:1,lr:0.001,optimizers:sgd~adam')}. The experiment stays in the rest of the link.

| option | values | default |
|---|---|---|
${optionRows('lab', options).join('\n')}

In ${code('optimizers')} names stand with \`~\` between them. ${code('rates')} gives single optimizers a learning rate of their own, as in ${code('adam~0.1~lion~0.003')}. ${code('expr')} is the formula of ${code('expression')}, spelled like a title, commas as ${code('~2C')}. ${code('step')} is the step that is shown, of a race that is no longer than that its end.`;
}

function values(meta: OptionMeta): string {
  switch (meta.kind) {
    case 'choice':
      return list(meta.choices);
    case 'number': {
      const { min, max, integer } = meta;
      const what = meta.unit === 'percent' ? 'share' : integer ? 'whole number' : 'number';
      const unit = meta.unit === undefined || meta.unit === 'percent' ? '' : ` of ${meta.unit}`;
      return `${what}${unit}, ${String(min)} to ${String(max)}`;
    }
    case 'text':
      return 'text';
    case 'dataset':
      return 'a data set, as of the key `data`; or empty';
    case 'network':
      return 'a network, see above, with `~` for its commas; or empty';
  }
}

function reading(): string {
  return `## Reading

Numbers are written like \`0.001\`, \`-2\` or \`1e-5\`. Whatever cannot be read is replaced by its default or left out, and the page says which key, what it held, and what is used instead; the rest of the link counts. Percent-encoding and \`&amp;\` are taken back. Of a key that is given twice the first counts.`;
}
