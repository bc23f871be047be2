import { InvalidArgumentError, Option, type Command } from 'commander';
import { must } from '#base/assert.ts';
import type { ModelInfo } from '#contract/model.ts';
import { defaultChoices, regimes, type TrainingRequest } from '#contract/training.ts';
import { answering, type Answer } from '../output.ts';
import { percent } from '../percent.ts';
import { readChoices } from '../read-choices.ts';
import { withProject, type Session } from '../session.ts';

interface TrainOptions {
  readonly regime: TrainingRequest['regime'];
  readonly backbone?: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly rate?: number;
  readonly seed?: number;
  readonly choices?: string;
}

/** `train`, `resume`, `audit`. */
export function addTrainCommands(program: Command): void {
  const training = program
    .command('train <project>')
    .description('train on the current labels, predict everything, audit every label')
    .addOption(regimeOption().default('head'));
  withChoices(training).action(answering(train));
  program
    .command('resume <project>')
    .description('go on with the training of a network that was stopped')
    .action(answering(resume));
  const auditing = program
    .command('audit <project>')
    .description('every labelled unit, most suspect first; trains first when labels changed since')
    .option('--deep', 'judge every label by networks that never saw it, which takes much longer')
    .addOption(regimeOption().default('head-then-full'));
  withChoices(auditing).action(answering(audit));
}

function regimeOption(): Option {
  return new Option('--regime <regime>', 'what is trained').choices(['auto', ...regimes]);
}

function withChoices(command: Command): Command {
  return command
    .option('--backbone <id>', 'which one (that of the current model unless given)')
    .option('--epochs <n>', 'how often a network sees every image (chosen unless given)', wholeNumber)
    .option('--batch <n>', 'images in a step (chosen unless given)', wholeNumber)
    .option('--rate <x>', 'highest learning rate of a network (chosen unless given)', Number)
    .option('--seed <n>', 'where chance begins', wholeNumber)
    .option(
      '--choices <file>',
      'JSON of further choices: loss, sampling, augmentation, averaging, device, …',
    );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It is a whole number from 1 on.');
  return value;
}

async function requestOf(options: TrainOptions): Promise<TrainingRequest> {
  const { regime, backbone, epochs, batch, rate, seed, choices: file } = options;
  const written = { ...defaultChoices, ...(file === undefined ? {} : await readChoices(file)) };
  const choices = {
    ...written,
    ...{ epochs: epochs ?? written.epochs, batch: batch ?? written.batch, rate: rate ?? written.rate },
    seed: seed ?? written.seed,
  };
  return { regime, backbone: backbone ?? null, choices };
}

async function train(project: string, options: TrainOptions): Promise<Answer> {
  const request = await requestOf(options);
  return withProject(project, async (session) => modelAnswer(await trainNow(session, request)));
}

async function resume(project: string): Promise<Answer> {
  return withProject(project, async ({ client, finish }) => {
    await finish(await client.model.resume());
    return modelAnswer(must(await client.model.current(), 'training makes a model'));
  });
}

function modelAnswer(model: ModelInfo): Answer {
  const { accuracy, balancedAccuracy, ...others } = model.crossValidated;
  const crossValidated = {
    accuracy: accuracy.value,
    accuracyInterval: [accuracy.low, accuracy.high],
    balancedAccuracy: balancedAccuracy.value,
    balancedAccuracyInterval: [balancedAccuracy.low, balancedAccuracy.high],
    ...others,
  };
  const { id, regime, backbone, candidates, seconds } = model;
  return {
    json: { model: id, regime, backbone, crossValidated, candidates, seconds },
    lines: [
      `Trained ${id} (${regime}) on ${model.units} labels: ${percent(accuracy.value)} right on labels kept back.`,
    ],
  };
}

async function trainNow({ client, finish }: Session, request: Partial<TrainingRequest>): Promise<ModelInfo> {
  await finish(await client.model.train({ backbone: null, ...request }));
  return must(await client.model.current(), 'training makes a model');
}

async function audit(project: string, options: TrainOptions & { deep?: boolean }): Promise<Answer> {
  const request = await requestOf(options);
  return withProject(project, async (session) => {
    const { client, finish } = session;
    const info = await client.project.info();
    if (options.deep === true) await finish(await client.model.auditDeep(request));
    else if (info?.model === null || (info?.changedSinceModel ?? 0) > 0) await trainNow(session, {});
    const { units, estimatedErrors, seconds } = await client.review.ranking();
    const { value: count, low, high } = estimatedErrors;
    return {
      json: { units, estimatedErrors: { count, low, high }, seconds },
      lines: [
        `About ${Math.round(count)} of ${units.length} labels look wrong (${Math.round(low)}–${Math.round(high)}).`,
        ...units
          .slice(0, 20)
          .map((unit) => `${unit.rank}. ${unit.image}: ${unit.given} → ${unit.suggested}?`),
      ],
    };
  });
}
