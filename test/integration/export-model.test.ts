import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { stripes, stripesChoices, type Striped } from '../support/stripes-project.ts';

// A model leaves Emend as one ONNX file, which must say the same as Emend does wherever it is opened.

const checks = 'import onnx, sys; onnx.checker.check_model(sys.argv[1], full_check=True)';
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import onnx']).status === 0,
);
if (python === undefined) console.log('Not tested: the reference ONNX checker, which needs Python with onnx');

interface Exported {
  readonly model: string;
  readonly file: string;
}

const probes = 8;

/** The largest difference between a file's probabilities and what the engine predicts, on images of noise. */
async function difference({ client, done, folder }: Striped, { model, file }: Exported): Promise<number> {
  const session = await InferenceSession.create(file, { logSeverityLevel: 4 });
  const side = Number(
    must(session.inputMetadata[0]?.isTensor && session.inputMetadata[0].shape[1], 'a side'),
  );
  const pixels = await writeNoise(join(folder, 'noise'), side);
  const found = await session.run({ pixels: new Tensor('uint8', pixels, [probes, side, side, 3]) });
  await session.release();
  const exported = must(found['probabilities'], 'an output').data as Float32Array;
  const { id } = await done(client.model.predict({ path: join(folder, 'noise'), model }));
  const predictions = await client.model.predictions({ job: id });
  expect(predictions).toHaveLength(probes);
  const predicted = predictions.flatMap(({ probabilities }) => Object.values(probabilities));
  return Math.max(...predicted.map((p, at) => Math.abs(p - (exported[at] ?? NaN))));
}

/** Writes images and returns all their pixels. */
async function writeNoise(folder: string, side: number): Promise<Uint8Array> {
  await mkdir(folder);
  const random = seededRandom(5);
  const pixels = Uint8Array.from({ length: probes * side * side * 3 }, () => random.int(256));
  for (let i = 0; i < probes; i++) {
    const image = pixels.subarray((i * pixels.length) / probes, ((i + 1) * pixels.length) / probes);
    const raw = { width: side, height: side, channels: 3 } as const;
    await sharp(image, { raw })
      .png()
      .toFile(join(folder, `${i}.png`));
  }
  return pixels;
}

const kinds = ['network', 'averaged network', 'head'] as const;

/** Trains a network, or a head on the built-in backbone, and exports the model that is then in use. */
async function exported(project: Striped, kind: (typeof kinds)[number]): Promise<Exported> {
  const { client, done, folder } = project;
  const [backbone, regime] = kind === 'head' ? [null, 'head' as const] : [project.backbone, 'full' as const];
  const isAveraged = kind === 'averaged network';
  const averaging = { crops: isAveraged, folds: isAveraged };
  await done(client.model.train({ backbone, regime, choices: { ...stripesChoices, epochs: 2, averaging } }));
  const { id } = must(await client.model.current(), 'a model');
  const { file } = await client.model.export({ model: id, file: join(folder, 'model.onnx') });
  return { model: id, file };
}

function complaintsAbout(file: string): string {
  return spawnSync(python ?? '', ['-c', checks, file], { encoding: 'utf8' }).stderr;
}

test.each(kinds)('the file of the %s predicts as the engine does', async (kind) => {
  const project = await stripes();
  expect(await difference(project, await exported(project, kind))).toBeLessThan(1e-4);
});

test.skipIf(python === undefined).each(kinds)(
  'the file of the %s passes the reference checker',
  async (kind) => {
    const { file } = await exported(await stripes(), kind);
    expect(complaintsAbout(file)).toBe('');
  },
);
