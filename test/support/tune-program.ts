import { tuneNetwork } from '../../src/engine/trainer-host.ts';
import { value } from './project.ts';
import { prepareStripes, stripesJob } from './stripes-run.ts';

// Trains a small network in a training process: node tune-program.ts FOLDER BATCH. Prints one line of JSON: what was
// noted on the way, and the loss on the held images after each epoch.

const [, , folder = '', batch = ''] = process.argv;
const job = await stripesJob(await prepareStripes(folder), 'run', { epochs: 3, batch: Number(batch) });
const notes: string[] = [];
const losses: number[] = [];
value(
  await tuneNetwork(job, {
    onNote: (note) => notes.push(note),
    onEpoch: ({ logLoss }) => losses.push(logLoss),
  }),
);
console.log(JSON.stringify({ notes, losses }));
