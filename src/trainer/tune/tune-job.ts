import { must } from '#base/assert.ts';
import type { Clock } from '#base/clock.ts';
import type { DeviceId } from '#contract/training.ts';
import type { Model } from '#graph/model.ts';
import { storeParameters } from '#graph/training/parameter-vector.ts';
import { headOf, type TrainingGraph } from '#graph/training/training-graph.ts';
import { openRunner } from '../devices/open-runner.ts';
import type { JobContext, JobOf } from '../job-context.ts';
import type { Provider } from '../session.ts';
import { stepsPerEpoch, type TrainingData } from './batch-source.ts';
import { logitsOf } from './evaluate.ts';
import { openEpochs } from './open-epochs.ts';
import { ProgressMeter } from './progress-meter.ts';
import { ratesOf } from './rates.ts';
import { Stepper } from './stepper.ts';
import { SturdyRunner, type Place } from './sturdy-runner.ts';
import { graphAt, loadNetwork, type TrainingNetwork } from './training-network.ts';
import { openInputs } from './tune-inputs.ts';
import { measureHeld, temperatureOf, trainLosses, writeNetwork } from './tune-result.ts';
import { tune } from './tune.ts';

type TuneJob = JobOf<'tune'>;

interface TuneContext extends Pick<JobContext, 'send'> {
  readonly clock: Clock;
}

/** Longest gradient, and the share of itself that the average of the parameters keeps in a step. */
const clipNorm = 5;
const averageDecay = 0.995;

/** Trains a network on the images of a run, writes it as a backbone and a head, and predicts the held images. */
export async function tuneJob(
  job: TuneJob,
  context: Pick<JobContext, 'send'>,
  { clock }: { readonly clock: Clock },
): Promise<void> {
  const startedAt = clock();
  const { settings } = job;
  const send: JobContext['send'] = (message) => context.send(message);
  const network = await loadNetwork(job);
  const place = { device: settings.device, units: settings.batch };
  const graph = graphAt(job, network, place);
  const runner = runnerOf(job, { network, graph }, { send, clock });
  const inputs = await openInputs(job, { split: network.split, provider: providerOf(place.device), send });
  const epochs = await openEpochs(job, {
    ...{ network: graph.network, inputs: inputs.plain, provider: providerOf(place.device) },
  });
  const data = dataOf(job, { inputs: inputs.varied, epochs });
  const stepper = await openStepper(job, network, { graph, runner });
  const trained = (model: Model): Model => storeTrained(model, graph, stepper);
  const predict = (positions: Int32Array): Promise<Float32Array<ArrayBuffer>> =>
    logitsOf(trained(graph.network), { inputs: inputs.plain, positions }, providerOf(runner.place.device));
  const steps = settings.epochs * stepsPerEpoch(data);
  const meter = new ProgressMeter(clock, (progress) => send({ type: 'training', progress }));
  await tune({
    ...{ folder: job.folder, data, stepper, clock },
    schedule: { steps, warmUp: Math.round(settings.warmUp * steps), rate: settings.rate },
    onStep: (metrics) => meter.add(metrics, { images: settings.batch, device: runner.place.device }),
    onEpoch: async (epoch) => {
      if (job.held.length === 0) return;
      const measured = measureHeld(job, await predict(job.held));
      send({ type: 'epoch', measure: { epoch, ...measured } });
    },
    measureLosses: async () => trainLosses(job, await predict(job.train)),
  });
  await stepper.close();
  const logits = await predict(job.held);
  await inputs.close();
  const temperature = temperatureOf(job, logits);
  const [backbone, head] = [trained(network.backbone), headOf(trained(graph.network))];
  await writeNetwork(job, { backbone, head, temperature });
  send({ type: 'tuned', result: { seconds: (clock() - startedAt) / 1000, temperature, logits } });
}

/** What networks run on outside of training steps. */
function providerOf(device: DeviceId): Provider {
  return device === 'webgpu' ? 'webgpu' : 'cpu';
}

interface Prepared {
  readonly network: TrainingNetwork;
  /** For the place that the settings say. */
  readonly graph: TrainingGraph;
}

function runnerOf(job: TuneJob, { network, graph }: Prepared, { send, clock }: TuneContext): SturdyRunner {
  const first = { device: job.settings.device, units: job.settings.batch };
  const isFirst = ({ device, units }: Place): boolean => device === first.device && units === first.units;
  return new SturdyRunner({
    ...{ place: first, clock },
    open: async (place) => openRunner(place.device, isFirst(place) ? graph : graphAt(job, network, place)),
    note: (text) => send({ type: 'note', text }),
  });
}

function dataOf({ settings, ...job }: TuneJob, seen: Pick<TrainingData, 'inputs' | 'epochs'>): TrainingData {
  const { batch, labelSmoothing: smoothing } = settings;
  const { classCount, labels } = job;
  const domains = job.domains?.of ?? null;
  return { ...seen, classCount, labels, domains, batch, smoothing };
}

function openStepper(
  { settings }: TuneJob,
  { weights }: TrainingNetwork,
  { graph, runner }: { readonly graph: TrainingGraph; readonly runner: SturdyRunner },
): Promise<Stepper> {
  const { batch } = settings;
  const rates = ratesOf(graph.parameters, weights, settings);
  const optimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
  const openRunner = () => Promise.resolve(runner);
  return Stepper.open({ graph, openRunner, optimizer, batch, ...rates, clipNorm, averageDecay });
}

/** The model with those of its numbers that were trained, as they are on average now. */
function storeTrained(model: Model, { parameters }: TrainingGraph, stepper: Stepper): Model {
  const own = parameters.filter(({ name }) => model.graph.initializers.has(name));
  return storeParameters(model, own, must(stepper.state['average'], 'the average'));
}
