import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { problem, ProblemError, type Problem } from '#base/problem.ts';

export type Session = InferenceSession;
export type Tensors = Readonly<Record<string, Tensor>>;
/** What of onnxruntime computes: the processor, or a graphics card through its bundled WebGPU. */
export type Provider = 'cpu' | 'webgpu';

/** Its log stays silent: what fails is thrown, and trying is part of inspecting a model. */
const sessionOptions: InferenceSession.SessionOptions = {
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
};

/** Idle threads would wait for work in a busy loop and slow whoever decodes the next images meanwhile. */
const resting = { session: { intra_op: { allow_spinning: '0' } } };
/** In a busy loop from the first operator of a run to the last: what waking a thread takes adds up over a thousand. */
const alert = { session: { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' } };

export interface SessionUse {
  /** Names the model in problems: a path, or an id that a person knows. */
  readonly subject: string;
  /** Threads of one operator; all physical cores unless said. */
  readonly threads?: number;
  /** Whether runs are of very many operators, as training steps are. */
  readonly isLong?: boolean;
  /** The processor unless said. What WebGPU lacks, the processor computes. */
  readonly provider?: Provider;
}

/** Loads a model, from a file or its bytes. The only place that makes sessions; throws a ProblemError. */
export async function openSession(model: string | Uint8Array, use: SessionUse): Promise<Session> {
  const threads = use.threads ? { intraOpNumThreads: use.threads } : {};
  const executionProviders = [use.provider ?? 'cpu'];
  const extra = use.isLong === true ? alert : resting;
  const options = { ...sessionOptions, ...threads, executionProviders, extra };
  try {
    // Two calls, because each overload takes one kind.
    return typeof model === 'string'
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(model, options);
  } catch (error) {
    throw errorOf(error, use.subject);
  }
}

/** Runs a model once; throws a ProblemError. */
export async function runSession(session: Session, feeds: Tensors, subject: string): Promise<Tensors> {
  try {
    return (await session.run(feeds)) as Tensors;
  } catch (error) {
    throw errorOf(error, subject);
  }
}

/** As `runSession`; the memory of these tensors takes the outputs of their names. */
export async function runSessionInto(
  session: Session,
  { feeds, outputs }: { readonly feeds: Tensors; readonly outputs: Tensors },
  subject: string,
): Promise<void> {
  try {
    await session.run(feeds, outputs);
  } catch (error) {
    throw errorOf(error, subject);
  }
}

const outOfMemory = /bad[_ ]alloc|failed to allocate|out of memory|array buffer allocation/i;
/** WebGPU goes on after an allocation has failed, and stumbles over what is missing; or a tensor is cut into many. */
const outOfGraphicsMemory =
  /\[Invalid Buffer[^\]]*\] is invalid due to a previous error|Too many storage buffers/;
const missingOperator = /(?:No Op registered for|Could not find an implementation for) ([\w.:]+)/;

const noAdapter =
  process.platform === 'linux'
    ? 'No Vulkan adapter was found; install the driver of the graphics card and the Vulkan loader (libvulkan1).'
    : 'No graphics adapter was found; install the driver of the graphics card.';

/** Less at once may do. */
export class OutOfMemoryError extends ProblemError {
  constructor(subject: string) {
    const reason = 'There was not enough memory; use a smaller image size or close other programs.';
    super(problem('crashed', subject, reason));
  }
}

/** An exception of onnxruntime, told apart by its message: it has no codes. */
function errorOf(error: unknown, subject: string): ProblemError {
  const message = error instanceof Error ? error.message : String(error);
  if (outOfMemory.test(message) || outOfGraphicsMemory.test(message)) return new OutOfMemoryError(subject);
  return new ProblemError(runtimeProblem(message, subject));
}

/** What a person can do about it. */
function runtimeProblem(message: string, subject: string): Problem {
  if (/File doesn't exist|No such file/i.test(message))
    return problem('not-found', subject, 'The file is not there.');
  if (/Protobuf parsing failed/i.test(message)) {
    return problem('bad-input', subject, 'This is not an ONNX model, or it is damaged; export it again.');
  }
  if (/Failed to get a WebGPU adapter/.test(message)) return problem('unsupported', subject, noAdapter);
  const operator = missingOperator.exec(message)?.[1];
  if (operator !== undefined) {
    return problem(
      'unsupported',
      subject,
      `Its operator ${operator} is not supported; export it with standard ones.`,
    );
  }
  const firstLine = message.split('\n')[0] ?? '';
  return problem('bad-input', subject, `onnxruntime can't run it: ${firstLine.slice(0, 300)}`);
}
