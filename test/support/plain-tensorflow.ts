import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

// TensorFlow.js with its plain JavaScript backend: the operations and gradients of tfjs-node-gpu without its device.

export * from '@tensorflow/tfjs-core';

enableProdMode();
await setBackend('cpu');
