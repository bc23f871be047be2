import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './window-build.ts';

// Draws the icon that windows and installers use from the one that is edited: `node build/icon.ts` after a change.
const side = 512;
await sharp(join(root, 'resources/icon.svg'), { density: 144 })
  .resize(side, side)
  .png({ compressionLevel: 9 })
  .toFile(join(root, 'resources/icon.png'));
