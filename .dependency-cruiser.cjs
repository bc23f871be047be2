// The layer table of CONTRIBUTING.md. TypeScript references are transitive and let some wrong imports through
// (trainer -> store by way of engine, say); this closes the hole and adds the npm packages each layer may use.
const allow = {
  base: [],
  core: ['base'],
  learn: ['base'],
  graph: ['base'],
  contract: ['core', 'base'],
  images: ['core', 'learn', 'base'],
  store: ['core', 'base'],
  trainer: ['contract', 'graph', 'learn', 'base'],
  engine: ['contract', 'store', 'images', 'learn', 'graph', 'core', 'base'],
  main: ['contract', 'base'],
  preload: ['contract', 'base'],
  server: ['engine', 'contract', 'base'],
  cli: ['engine', 'server', 'contract', 'base'],
  renderer: ['contract', 'core', 'base'],
};
const npm = {
  base: [],
  core: ['zod'],
  learn: [],
  graph: ['protobufjs'],
  contract: ['zod', '@orpc/contract'],
};
const npmKinds = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-bundled',
  'npm-no-pkg',
  'npm-unknown',
  'unknown',
];
const test = '\\.test\\.tsx?$';
const error = (name, from, to) => ({ name, severity: 'error', from, to });
const layer = ([from, to]) =>
  error(
    `layer-${from}`,
    { path: `^src/${from}/`, pathNot: test },
    { path: '^src/', pathNot: `^src/(${[from, ...to].join('|')})/` },
  );
const packages = ([from, names]) =>
  error(
    `npm-${from}`,
    { path: `^src/${from}/`, pathNot: test },
    {
      dependencyTypes: npmKinds,
      ...(names.length ? { pathNot: `(^|node_modules/)(${names.join('|')})(/|$)` } : {}),
    },
  );
const only = (name, pkg, home) =>
  error(name, { path: '^src/', pathNot: home }, { path: `(^|node_modules/)(${pkg})(/|$)` });

module.exports = {
  forbidden: [
    ...Object.entries(allow).map(layer),
    ...Object.entries(npm).map(packages),
    error('unknown-layer', { path: '^src/', pathNot: `^src/(${Object.keys(allow).join('|')})/` }, {}),
    error(
      'pure-no-builtins',
      { path: '^src/(base|core|learn|graph|contract)/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    error('renderer-no-node', { path: '^src/renderer/', pathNot: test }, { dependencyTypes: ['core'] }),
    only('electron-in-shell', 'electron', '^src/(main|preload)/'),
    only('konva-in-canvas', 'konva|react-konva', '^src/renderer/canvas/'),
    only('react-in-renderer', 'react|react-dom', '^src/renderer/'),
    only('onnxruntime-in-trainer', 'onnxruntime-node|onnxruntime-common', '^src/trainer/'),
    only('tensorflow-in-its-folder', '@tensorflow/.+', '^src/trainer/tensorflow/'),
    only('sharp-in-images', 'sharp', '^src/images/'),
    only('kysely-in-store-and-engine', 'kysely', '^src/(store|engine)/'),
    error(
      'feature-to-feature',
      { path: '^src/renderer/features/([^/]+)/' },
      { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    ),
    error('ui-no-state', { path: '^src/renderer/ui/' }, { path: '^src/renderer/(state|features|app)/' }),
    error('no-circular', {}, { circular: true }),
    error(
      'no-orphans',
      { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$|\\.test\\.tsx?$|tsconfig\\.json$' },
      {},
    ),
    error('src-not-to-test', { path: '^src/', pathNot: test }, { path: '^test/|\\.test\\.tsx?$' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src/base/tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
