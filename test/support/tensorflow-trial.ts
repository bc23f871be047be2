import './tensorflow-hooks.ts';
import { gradientErrorOf } from '../../src/trainer/devices/self-test.ts';
import { tensorFlowName } from '../../src/trainer/tensorflow/open-tensorflow.ts';
import { print } from './print.ts';

// Does in a process of its own what the trial of a device does, but does not wait for its speed.

await print(JSON.stringify({ name: await tensorFlowName(), error: await gradientErrorOf('tensorflow') }));
