import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAugment } from './augment.ts';
import { benchBackbone } from './backbone.ts';
import { benchEmbed } from './embed.ts';
import { benchEngine } from './engine.ts';
import { benchGallery } from './gallery.ts';
import { benchHead } from './head.ts';
import { benchHeads } from './heads.ts';
import { benchImages } from './images.ts';
import { figure, table, type Row } from './row.ts';
import { benchDeepAudit, benchFineTune, benchRegimes } from './learning.ts';
import { benchStore } from './store.ts';
import { benchTraining } from './training.ts';

// npm run bench [-- --only NAME]: prints one Markdown table; what is being measured goes to stderr.

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  engine: benchEngine,
  head: benchHead,
  heads: benchHeads,
  gallery: benchGallery,
  store: benchStore,
  images: benchImages,
  embed: benchEmbed,
  augment: benchAugment,
  training: benchTraining,
  backbone: () => benchBackbone(),
};

/** These take from minutes to an hour each, and are measured only when asked for. */
const long: typeof benches = {
  'fine-tune': benchFineTune,
  'deep-audit': benchDeepAudit,
  regimes: benchRegimes,
};

async function run(name: string, bench: () => Promise<Row[]>): Promise<Row[]> {
  console.error(`measuring: ${name}`);
  try {
    return await bench();
  } catch (error) {
    return [figure(name, `not measured: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const chosen = Object.entries({ ...benches, ...long }).filter(([name]) =>
  only === undefined ? name in benches : name === only,
);
if (chosen.length === 0) {
  console.error(
    `There is no benchmark “${only}”; choose one of ${Object.keys({ ...benches, ...long }).join(', ')}.`,
  );
  process.exit(2);
}
const before = loadavg()[0] ?? 0;
const rows: Row[] = [];
for (const [name, bench] of chosen) rows.push(...(await run(name, bench)));
const cores = cpus();
const day = new Date().toISOString().slice(0, 10);
console.log(
  `${cores.length} × ${cores[0]?.model.trim()}, Node ${process.version}, ${process.platform}, ${day};`,
);
console.log(
  `load average before ${before.toFixed(1)} on ${cores.length} cores (above 0.5: others were at work)\n`,
);
console.log(table(rows));
process.exit(rows.some((row) => row.isMet === false) ? 1 : 0);
