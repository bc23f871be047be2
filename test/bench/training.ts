import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { seededRandom } from '#base/random.ts';
import type { BackboneSpec } from '#contract/trainer.ts';
import { defaultChoices, type TuneProgress } from '#contract/training.ts';
import { tuneSettings } from '#engine/runs/tune-settings.ts';
import { inspectBackbone, tuneNetwork } from '#engine/trainer-host.ts';
import { writeModel } from '#graph/write-model.ts';
import { fullSize } from '../support/networks/exporter.ts';
import { resNet18 } from '../support/networks/resnet.ts';
import { sharedPath } from '../support/shared.ts';
import { quantile, type Row } from './row.ts';

const rounds = 3;
const classCount = 10;

interface Subject {
  readonly name: string;
  readonly backbone: BackboneSpec;
  readonly batch: number;
  /** Least share of the forward pass's speed, and images a second. */
  readonly ratio: number;
  readonly speed: number;
}

/**
 * Images per second of whole training steps (reading, varying, forward, backward, update) through the training process,
 * beside a bare loop of `session.run` of the same network. Rounds alternate and the best of each counts.
 */
export async function benchTraining(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-bench-'));
  try {
    const residual = join(folder, 'resnet18.onnx');
    await writeFile(residual, writeModel(resNet18(fullSize)));
    const subjects = [
      await subjectOf(folder, {
        name: 'ResNet-18',
        file: residual,
        size: 64,
        batch: 64,
        ratio: 0.25,
        speed: 0,
      }),
    ];
    const mobile = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');
    if (mobile !== null) {
      const about = { name: 'MobileNetV2', size: 96, batch: 32, ratio: 0.1, speed: 60 };
      subjects.push(await subjectOf(folder, { ...about, file: mobile }));
    }
    const rows: Row[] = [];
    for (const subject of subjects) rows.push(...(await compare(folder, subject)));
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function subjectOf(
  folder: string,
  { file, size, ...about }: Omit<Subject, 'backbone'> & { file: string; size: number },
): Promise<Subject> {
  const output = join(folder, `${about.name}.cut.onnx`);
  const inspected = await inspectBackbone({ file, size, output });
  if (!inspected.ok) throw new Error(inspected.error.reason);
  return { ...about, backbone: { id: about.name, file: output, ...inspected.value } };
}

async function compare(folder: string, subject: Subject): Promise<Row[]> {
  const { name, backbone, batch } = subject;
  const session = await InferenceSession.create(backbone.file);
  const best = { forward: 0, training: 0, memory: 0 };
  for (let round = 0; round < rounds; round++) {
    best.forward = Math.max(best.forward, await forwardSpeed(session, subject));
    const told = await train(join(folder, `${name}-${round}`), subject);
    best.training = Math.max(
      best.training,
      quantile(
        told.map((each) => each.imagesPerSecond),
        0.5,
      ),
    );
    best.memory = Math.max(best.memory, ...told.map((each) => each.memory));
  }
  await session.release();
  const ratio = best.training / best.forward;
  const what = `training steps of ${name} at ${backbone.size} px, ${batch} images each`;
  const mebibytes = best.memory / 2 ** 20;
  return [
    {
      what,
      target: `≥ ${subject.ratio} ×${subject.speed > 0 ? `, ≥ ${subject.speed}/s` : ''}`,
      measured: `${best.training.toFixed(0)}/s`,
      ratio: `${ratio.toFixed(3)} × onnxruntime's forward alone (${best.forward.toFixed(0)}/s)`,
      isMet: ratio >= subject.ratio && best.training >= subject.speed,
    },
    {
      what: 'memory of the training process meanwhile, at most',
      target: '< 2,048 MiB',
      measured: `${mebibytes.toFixed(0)} MiB`,
      ratio: '',
      isMet: mebibytes < 2048,
    },
  ];
}

async function forwardSpeed(session: InferenceSession, { backbone, batch }: Subject): Promise<number> {
  const { size } = backbone;
  const pixels = new Uint8Array(batch * size * size * 3);
  const run = (): Promise<unknown> =>
    session.run({ pixels: new Tensor('uint8', pixels, [batch, size, size, 3]) });
  await run();
  const start = performance.now();
  let images = 0;
  for (; performance.now() - start < 3000; images += batch) await run();
  return (images * 1000) / (performance.now() - start);
}

/** What a short training tells, but for its beginning. */
async function train(folder: string, { backbone, batch }: Subject): Promise<TuneProgress[]> {
  const count = 8 * batch;
  const random = seededRandom(1);
  const pixels = Uint8Array.from({ length: count * backbone.size ** 2 * 3 }, () => random.int(256));
  await mkdir(folder);
  await writeFile(join(folder, 'pixels'), pixels);
  const told: TuneProgress[] = [];
  const choices = { ...defaultChoices, batch, epochs: 3 };
  const done = await tuneNetwork(
    {
      ...{ folder, pixels: join(folder, 'pixels'), backbone, classCount },
      labels: Int32Array.from({ length: count }, (_, image) => image % classCount),
      ...{ train: Int32Array.from({ length: count }, (_, image) => image), held: new Int32Array() },
      ...{ start: null, output: null, temperature: 1, parents: null, domains: null, metadata: {} },
      settings: tuneSettings(choices, { regime: 'full', images: count, device: 'cpu' }),
    },
    { onTraining: (progress) => told.push(progress) },
  );
  if (!done.ok) throw new Error(done.error.reason);
  return told.slice(Math.floor(told.length / 4));
}
