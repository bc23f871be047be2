import { registerHooks } from 'node:module';

// Loaded before anything else (`--import`), this gives a process the plain JavaScript TensorFlow.js in the place of
// the optional package with TensorFlow's own library. The gradients of TensorFlow.js are modules that leave the
// endings away where they import each other, which Node wants.

const inPlace = new URL('./plain-tensorflow.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === '@tensorflow/tfjs-node-gpu') return { url: inPlace, shortCircuit: true };
    const isOpen = context.parentURL?.includes('/tfjs-core/dist/') === true && /^\.\.?\//.test(specifier);
    return next(isOpen && !specifier.endsWith('.js') ? `${specifier}.js` : specifier, context);
  },
});
