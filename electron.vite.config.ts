import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Every process gets its own flat file, so that src/base/entry.ts finds them by name in a build as it does in the
// sources.
const flat = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' as const };

/** Builds the Node processes into out/main, the bridge into out/preload and the window into out/renderer. */
export default defineConfig({
  main: {
    build: {
      rollupOptions: {
        input: {
          main: 'src/main/main.ts',
          engine: 'src/engine/main.ts',
          trainer: 'src/trainer/main.ts',
          augment: 'src/trainer/augment/main.ts',
          images: 'src/images/main.ts',
          store: 'src/store/main.ts',
          cli: 'src/cli/main.ts',
        },
        output: flat,
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload script must be CommonJS and self-contained.
      rollupOptions: {
        input: { preload: 'src/preload/main.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { rollupOptions: { input: 'src/renderer/index.html' } },
  },
});
