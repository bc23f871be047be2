import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './window-build.ts';

// The layer table is only worth what its enforcement is: each rule must report a violation planted for it.

const planted: Readonly<Record<string, readonly [file: string, source: string]>> = {
  'layer-core': ['src/core/a.ts', `import type { X } from '../learn/x.ts'; export type Y = X;`],
  'layer-trainer': ['src/trainer/a.ts', `import '../core/x.ts';`],
  'layer-renderer': ['src/renderer/a.ts', `import '../engine/x.ts';`],
  'layer-main': ['src/main/a.ts', `import '../engine/x.ts';`],
  'npm-learn': ['src/learn/a.ts', `import 'zod';`],
  'npm-core': ['src/core/b.ts', `import type { Root } from 'protobufjs'; export type Z = Root;`],
  'unknown-layer': ['src/helpers/a.ts', `import '../base/x.ts';`],
  'pure-no-builtins': ['src/graph/a.ts', `import 'node:fs';`],
  'renderer-no-node': ['src/renderer/b.ts', `import 'node:path';`],
  'electron-in-shell': ['src/engine/a.ts', `import 'electron';`],
  'konva-in-canvas': ['src/renderer/features/gallery/a.ts', `import 'konva';`],
  'react-in-renderer': ['src/cli/a.ts', `import 'react';`],
  'onnxruntime-in-trainer': ['src/engine/b.ts', `import 'onnxruntime-node';`],
  'tensorflow-in-its-folder': ['src/trainer/b.ts', `import '@tensorflow/tfjs-core';`],
  'sharp-in-images': ['src/store/a.ts', `import 'sharp';`],
  'kysely-in-store-and-engine': ['src/server/a.ts', `import 'kysely';`],
  'feature-to-feature': ['src/renderer/features/review/a.ts', `import '../gallery/x.ts';`],
  'ui-no-state': ['src/renderer/ui/a.ts', `import '../state/x.ts';`],
  'no-circular': ['src/base/a.ts', `import './b.ts';`],
  'no-orphans': ['src/base/lonely.ts', `export const x = 1;`],
  'src-not-to-test': ['src/engine/c.ts', `import './c.test.ts';`],
};

/** What the planted files refer to. */
const targets: Readonly<Record<string, string>> = {
  'src/learn/x.ts': 'export type X = 1;',
  'src/core/x.ts': 'export const x = 1;',
  'src/engine/x.ts': 'export const x = 1;',
  'src/base/x.ts': 'export const x = 1;',
  'src/base/b.ts': `import './a.ts';`,
  'src/renderer/features/gallery/x.ts': 'export const x = 1;',
  'src/renderer/state/x.ts': 'export const x = 1;',
  'src/engine/c.test.ts': 'export const x = 1;',
};

let tree: string;
let reported: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'emend-layers-'));
  const files = { ...targets, ...Object.fromEntries(Object.values(planted)) };
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), source);
  }
  for (const name of [
    '.dependency-cruiser.cjs',
    'package.json',
    'tsconfig.base.json',
    'src/base/tsconfig.json',
  ]) {
    cpSync(join(root, name), join(tree, name));
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(
    process.execPath,
    [cruiser, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const { summary } = JSON.parse(run.stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  reported = new Map(
    [...Map.groupBy(summary.violations, (violation) => violation.rule.name)].map(([name, violations]) => [
      name,
      violations.map((violation) => violation.from),
    ]),
  );
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test.each(Object.entries(planted))('%s is reported', (rule, [file]) => {
  expect(reported.get(rule) ?? []).toContain(file);
});
