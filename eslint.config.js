import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * One direction of dependency (docs/architecture.md): the files of a layer may not import what the
 * patterns match, wherever they lie.
 */
function layer(files, forbidden, why, except = []) {
  return {
    files,
    ignores: ['**/*.test.ts', '**/testing/**', ...except],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: forbidden.map((regex) => ({ regex, message: why })) },
      ],
    },
  };
}

const folder = (...names) => `^(\\.\\./)+(${names.join('|')})(/|$)`;
const TENSORS = '^@tensorflow/';
const PAGE = folder('state', 'ui', 'lessons', 'i18n');

export default tseslint.config(
  {
    // The last is AssemblyScript, which has a compiler of its own.
    ignores: [
      ...['dist', 'dist-runtime', 'node_modules', '.cache', 'public', 'coverage'],
      '**/assembly',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Objects here are records of functions: none has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      // Loops over tensors are indexed: they run for every weight.
      '@typescript-eslint/prefer-for-of': 'off',
      // A type parameter that occurs once still ties a technique's id to its options.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // By code points is how text is meant to be taken apart here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**', 'e2e/**'],
    rules: {
      // Matchers and stand-ins are typed loosely by their libraries.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  { files: ['src/**/*.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  { files: ['scripts/**', 'bench/**', '*.js'], languageOptions: { globals: globals.node } },
  // What it evaluates runs in the page.
  {
    files: ['scripts/screenshots.mjs', 'scripts/pretrain.mjs', 'bench/**/*.mjs'],
    languageOptions: { globals: globals.browser },
  },
  { files: ['public/**'], languageOptions: { globals: globals.serviceworker } },
  layer(
    ['src/experiment/**'],
    ['^\\.\\./', TENSORS, '^react', '^zustand'],
    'The experiment is pure and imports nothing of the project.',
  ),
  layer(
    ['src/draw/**'],
    ['^\\.\\./', TENSORS, '^react', '^zustand'],
    'What is drawn with is in the page and in files that leave it, and imports nothing of the project.',
  ),
  layer(
    ['src/engine/**', 'src/data/**', 'src/deploy/**'],
    [folder('techniques', 'worker'), PAGE, '^react', '^zustand'],
    'Engine, data and deploy import the experiment alone.',
    ['src/deploy/code/**'],
  ),
  layer(
    ['src/deploy/code/**'],
    [
      folder('data', 'worker'),
      ...[PAGE, TENSORS, '^react', '^zustand'],
      '/engine/(?!constants$)',
      '/techniques/(?!(registry|baseline|dataset-at)$|[^/]+/spec$|train/rate-changes$)',
    ],
    'Code is written from the experiment, the specs and the engine’s constants alone.',
  ),
  layer(
    ['src/techniques/**'],
    [folder('worker', 'deploy'), PAGE, TENSORS],
    'Techniques import experiment, engine and data, and leave tensors to the engine.',
    ['src/techniques/**/Panel.tsx'],
  ),
  layer(
    [
      ...['src/techniques/**/spec.ts', 'src/techniques/registry.ts'],
      ...['baseline', 'check-recipe', 'dataset-at', 'transfer/other-task', 'transfer/head'].map(
        (name) => `src/techniques/${name}.ts`,
      ),
    ],
    [folder('engine', 'data', 'deploy', 'worker'), PAGE, TENSORS, '/run$'],
    'A spec is pure: the page reads it.',
  ),
  layer(
    ['src/lab/**'],
    [folder('data', 'deploy', 'worker'), '/techniques/(?!train/spec$)', PAGE, TENSORS, '^react'],
    'The laboratory imports the experiment and the engine’s optimizers alone.',
  ),
  layer(
    ['src/lab/options.ts', 'src/lab/landscapes.ts', 'src/lab/results.ts'],
    [
      folder('engine', 'data', 'deploy', 'worker'),
      '/techniques/(?!train/spec$)',
      PAGE,
      TENSORS,
      '^mathjs',
    ],
    'The page reads these: they hold no engine and no parser.',
  ),
  layer(['src/worker/**'], [PAGE, '^react', '^zustand'], 'The worker knows nothing of the page.', [
    'src/worker/protocol.ts',
    'src/worker/client.ts',
    'src/worker/export-formats.ts',
  ]),
  layer(
    ['src/worker/protocol.ts', 'src/worker/client.ts', 'src/worker/export-formats.ts'],
    [folder('engine', 'data', 'deploy', 'techniques'), PAGE, TENSORS],
    'What both sides import holds no tensor code.',
  ),
  layer(
    ['src/state/**', 'src/ui/**', 'src/lessons/**', 'src/i18n/**', 'src/main.tsx'],
    [
      TENSORS,
      folder('engine', 'data', 'deploy'),
      '/techniques/(?!(registry|check-recipe|dataset-at)$|[^/]+/(spec|Panel)$|train/rate-changes$|transfer/other-task$)',
      '/worker/(?!protocol$|client$|export-formats$)',
      '/lab/(?!options$|landscapes$|results$)',
    ],
    'The page imports experiment, specs, panels and the worker’s protocol: its bundle holds no tensor code.',
  ),
  layer(['src/i18n/**'], [folder('ui')], 'Words know nothing of components.'),
);
