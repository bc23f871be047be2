import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const side = z.number().int().min(1).max(100_000);
const place = z.number().int().min(-100_000).max(100_000);

/** How the window was left: its bounds when neither maximised nor full screen, in screen coordinates. */
const windowStateSchema = z.object({
  bounds: z.object({ x: place, y: place, width: side, height: side }),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** Reads how the window was left; null when that is unknown, whatever the reason. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowStateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Remembers how the window was left. A full or read-only disk must not keep it from closing. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // The next start opens in the middle of the screen.
  }
}
