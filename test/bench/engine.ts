import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { readCifar, unpackCifar, writeLabels } from '#test/support/cifar.ts';
import { sharedPath } from '#test/support/shared.ts';
import type { EngineSession } from './engine-session.ts';
import { quantile, type Row } from './row.ts';

const imageCount = 10_000;
const batchSize = 96;
const embedSize = 48;
const program = fileURLToPath(new URL('engine-session.ts', import.meta.url));

/** What a person waits for in a project of 10,000 images, and the memory of the engine meanwhile. */
export async function benchEngine(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-bench-'));
  try {
    const images = join(folder, 'images');
    const labels = join(folder, 'labels.csv');
    const name = await writeImages(images, labels);
    const decodes = await rawDecodesPerSecond(images);
    const session = await runSession(folder, images, labels);
    const forwards = await rawForwardsPerSecond(join(folder, 'project', 'backbones'));
    return rows(session, { name, decodes, forwards });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The shared CIFAR-10N images, or as many drawn ones where they are absent. */
async function writeImages(folder: string, labels: string): Promise<string> {
  const cifar = sharedPath('data', 'cifar10n_10k');
  if (cifar !== null) {
    const images = await readCifar(cifar, imageCount);
    await unpackCifar(images, folder);
    await writeLabels(images, (image) => image.aggregate, labels);
    return 'CIFAR-10N';
  }
  await mkdir(folder, { recursive: true });
  const random = seededRandom(3);
  const lines = ['path,label'];
  for (let i = 0; i < imageCount; i++) {
    const kind = i % 10;
    const pixels = Uint8Array.from(
      { length: 32 * 32 * 3 },
      (_, at) => ((at * (kind + 1)) >> 3) + random.int(80),
    );
    const image = sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } });
    await image.jpeg({ quality: 90 }).toFile(join(folder, `${i}.jpg`));
    lines.push(`${i}.jpg,class ${kind}`);
  }
  await writeFile(labels, lines.join('\n'));
  return 'drawn';
}

/** Files read and decoded by sharp in this process, with nothing around it. */
async function rawDecodesPerSecond(folder: string): Promise<number> {
  const paths = (await readdir(folder)).map((file) => join(folder, file));
  sharp.cache(false);
  sharp.concurrency(1);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++])
      await sharp(await readFile(path))
        .raw()
        .toBuffer();
  };
  const since = performance.now();
  await Promise.all([work(), work()]);
  return (paths.length * 1000) / (performance.now() - since);
}

async function runSession(folder: string, images: string, labels: string): Promise<EngineSession> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder, images, labels]);
  return JSON.parse(stdout) as EngineSession;
}

/** Images per second through the only backbone of a project by onnxruntime alone; 0 where there is none. */
async function rawForwardsPerSecond(backbones: string): Promise<number> {
  const file = (await readdir(backbones)).find((name) => name.endsWith('.onnx'));
  if (file === undefined) return 0;
  const session = await InferenceSession.create(join(backbones, file));
  const pixels = Uint8Array.from(
    { length: batchSize * embedSize ** 2 * 3 },
    (_, at) => (at * 37 + (at >> 7)) & 255,
  );
  const feeds = { pixels: new Tensor('uint8', pixels, [batchSize, embedSize, embedSize, 3]) };
  await session.run(feeds);
  const runs = 20;
  const since = performance.now();
  for (let run = 0; run < runs; run++) await session.run(feeds);
  return (runs * batchSize * 1000) / (performance.now() - since);
}

interface Baselines {
  readonly name: string;
  readonly decodes: number;
  readonly forwards: number;
}

function rows(session: EngineSession, { name, decodes, forwards }: Baselines): Row[] {
  const { images, addSeconds, embeddedPerSecond, peakMiB, labelMs } = session;
  const added = images / addSeconds;
  const [p50, p99] = [quantile(labelMs, 0.5), quantile(labelMs, 0.99)];
  return [
    {
      what: `${images} images (${name}) added: hash, size, thumbnail, label`,
      target: '< 60 s',
      measured: `${addSeconds.toFixed(1)} s (${added.toFixed(0)}/s)`,
      ratio: `${(added / decodes).toFixed(2)} × sharp decoding alone (${decodes.toFixed(0)}/s)`,
      isMet: addSeconds < 60,
    },
    session.failure === null
      ? {
          what: `embedded by the built-in backbone at ${embedSize} px`,
          target: '≥ 200/s',
          measured: `${embeddedPerSecond.toFixed(0)}/s`,
          ratio: `${(embeddedPerSecond / forwards).toFixed(2)} × onnxruntime's forward alone (${forwards.toFixed(0)}/s)`,
          isMet: embeddedPerSecond >= 200,
        }
      : unmeasured('embedded by the built-in backbone', '≥ 200/s', session.failure),
    session.failure === null
      ? {
          what: `retrained after 50 corrections: ${images} × ${session.dim}, 5 folds, audit, predictions stored`,
          target: '',
          measured: `${session.retrainSeconds.toFixed(1)} s`,
          ratio: '',
          isMet: null,
        }
      : unmeasured('retrained after 50 corrections', '', session.failure),
    {
      what: `label acknowledged, ${images} images`,
      target: '< 50 ms',
      measured: `${p50.toFixed(1)} ms (half), ${p99.toFixed(1)} ms (99 %)`,
      ratio: '',
      isMet: p99 < 50,
    },
    {
      what: 'memory of the engine meanwhile, at most',
      target: '< 1,024 MiB',
      measured: `${peakMiB.toFixed(0)} MiB`,
      ratio: '',
      isMet: peakMiB < 1024,
    },
  ];
}

function unmeasured(what: string, target: string, why: string): Row {
  return { what, target, measured: `not measured: ${must(why, 'a reason')}`, ratio: '', isMet: null };
}
