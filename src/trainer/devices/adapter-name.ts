import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const graphicsCard = 'Graphics card';

/** Vulkan drivers by the library that a process has loaded when it uses one. */
const drivers = [
  { library: /nvidia/i, name: 'NVIDIA graphics card', vendor: '0x10de' },
  { library: /libvulkan_radeon|amdvlk/, name: 'AMD graphics card', vendor: '0x1002' },
  { library: /libvulkan_intel/, name: 'Intel graphics card', vendor: '0x8086' },
] as const;
const softwareDrivers = [
  { library: /swiftshader/i, name: 'SwiftShader (computes on the processor)' },
  { library: /libvulkan_lvp/, name: 'llvmpipe (computes on the processor)' },
] as const;

export function processorName(): string {
  const [first] = cpus();
  return first?.model.trim() || 'Processor';
}

/**
 * What WebGPU computes on, as far as the system says, for onnxruntime does not: to be asked in a process that has
 * used it. Where there are several graphics cards, all are named.
 */
export async function adapterName(): Promise<string> {
  try {
    return (await namesOn(process.platform)).join(' or ') || graphicsCard;
  } catch {
    return graphicsCard;
  }
}

async function namesOn(platform: NodeJS.Platform): Promise<readonly string[]> {
  if (platform === 'linux') return linuxNames(loadedLibraries(), await cardVendors(), await nvidiaModels());
  if (platform === 'darwin') return macNames(await printedBy('system_profiler', ['SPDisplaysDataType']));
  const question = '(Get-CimInstance Win32_VideoController).Name';
  return windowsNames(await printedBy('powershell.exe', ['-NoProfile', '-Command', question]));
}

/** The drivers of cards that are there; those that compute on the processor only where no such is. */
export function linuxNames(
  libraries: readonly string[],
  vendors: ReadonlySet<string>,
  nvidia: readonly string[],
): readonly string[] {
  const isLoaded = ({ library }: { library: RegExp }): boolean =>
    libraries.some((path) => library.test(path));
  const cards = drivers
    .filter((driver) => isLoaded(driver))
    .flatMap(({ name, vendor }) => {
      if (vendor === '0x10de' && nvidia.length > 0) return nvidia;
      return vendors.has(vendor) ? [name] : [];
    });
  return cards.length > 0 ? cards : softwareDrivers.filter(isLoaded).map(({ name }) => name);
}

/** From lines such as `Chipset Model: Apple M2`. */
export function macNames(profile: string): readonly string[] {
  return [...profile.matchAll(/Chipset Model: *(.+)/g)].map(([, name = '']) => name.trim());
}

/** From a line for each controller. */
export function windowsNames(list: string): readonly string[] {
  return list.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

function loadedLibraries(): readonly string[] {
  const report = process.report.getReport() as { sharedObjects?: readonly string[] };
  return report.sharedObjects ?? [];
}

async function cardVendors(): Promise<ReadonlySet<string>> {
  const folder = '/sys/class/drm';
  const cards = (await list(folder)).filter((name) => /^renderD\d+$/.test(name));
  const read = (card: string): Promise<string> => readFile(join(folder, card, 'device/vendor'), 'utf8');
  return new Set((await Promise.all(cards.map(read))).map((vendor) => vendor.trim()));
}

async function nvidiaModels(): Promise<readonly string[]> {
  const folder = '/proc/driver/nvidia/gpus';
  const cards = await list(folder);
  const texts = await Promise.all(cards.map((card) => readFile(join(folder, card, 'information'), 'utf8')));
  return [...new Set(texts.flatMap((text) => /^Model:\s*(.+)$/m.exec(text)?.[1] ?? []))];
}

function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function printedBy(program: string, words: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, words, { timeout: 10_000, windowsHide: true })).stdout;
}
