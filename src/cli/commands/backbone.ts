import { InvalidArgumentError, type Command } from 'commander';
import { answering, type Answer } from '../output.ts';
import { percent } from '../percent.ts';
import { withProject } from '../session.ts';
import { skippedLines } from './labels.ts';

/** `backbone`, `embed`, `predict`. */
export function addBackboneCommands(program: Command): void {
  const backbone = program.command('backbone').description('the networks that turn images into embeddings');
  backbone
    .command('add <project> <file>')
    .description('add an ONNX model, cut at its embedding')
    .option('--id <id>', 'its name from now on (the file’s without ending unless given)')
    .option('--size <px>', 'side of its square input (what the file says unless given)', sidePx)
    .action(answering(addBackbone));
  backbone.command('list <project>').description('list them').action(answering(listBackbones));
  program
    .command('embed <project>')
    .description('embed what has no embedding yet')
    .option('--backbone <id>', 'which one (the built-in one unless given)')
    .action(answering(embed));
  program
    .command('predict <project> <path>')
    .description('predict an image or a folder of images')
    .option('--model <id>', 'which model (the current one unless given)')
    .action(answering(predict));
}

function sidePx(text: string): number {
  const side = Number(text);
  if (!Number.isInteger(side) || side < 8 || side > 1024)
    throw new InvalidArgumentError('A side is 8 to 1024 pixels.');
  return side;
}

async function addBackbone(
  project: string,
  file: string,
  options: { id?: string; size?: number },
): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const request = { file, id: options.id ?? null, size: options.size ?? null };
    const { id, dim, size } = await client.model.addBackbone(request);
    return { json: { id, dim, size }, lines: [`Added ${id}: ${dim} numbers from ${size} × ${size} pixels.`] };
  });
}

async function listBackbones(project: string): Promise<Answer> {
  return withProject(project, async ({ client }) => {
    const backbones = await client.model.backbones();
    return {
      json: { backbones },
      lines: backbones.map(
        (each) => `${each.id}: ${each.dim} numbers, ${each.size} px, ${each.embedded} embedded`,
      ),
    };
  });
}

async function embed(project: string, options: { backbone?: string }): Promise<Answer> {
  return withProject(project, async ({ client, finish }) => {
    const { summary, id } = await finish(await client.model.embed({ backbone: options.backbone ?? null }));
    const { units, dim, seconds } = summary;
    const skipped = await client.jobs.skipped({ job: id });
    return {
      json: { units, dim, seconds },
      lines: [`Embedded ${units} images in ${seconds} s.`, ...skippedLines(skipped)],
    };
  });
}

async function predict(project: string, path: string, options: { model?: string }): Promise<Answer> {
  return withProject(project, async ({ client, finish }) => {
    const { id } = await finish(await client.model.predict({ path, model: options.model ?? null }));
    const predictions = await client.model.predictions({ job: id });
    const skipped = await client.jobs.skipped({ job: id });
    const lines = predictions.map(
      (each) => `${each.image}: ${each.class} ${percent(each.probabilities[each.class] ?? 0)}`,
    );
    return { json: { predictions, skipped }, lines: [...lines, ...skippedLines(skipped)] };
  });
}
