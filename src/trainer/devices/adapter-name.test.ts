import { expect, test } from 'vitest';
import { linuxNames, macNames, processorName, windowsNames } from './adapter-name.ts';

const mesa = ['/usr/lib/libvulkan_intel.so', '/usr/lib/libvulkan_lvp.so', '/usr/lib/libvulkan_radeon.so'];

test('on Linux the drivers count whose cards are there', () => {
  expect(linuxNames(mesa, new Set(['0x1002']), [])).toEqual(['AMD graphics card']);
  expect(linuxNames(mesa, new Set(['0x1002', '0x8086']), [])).toHaveLength(2);
  const nvidia = ['/usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0'];
  expect(linuxNames(nvidia, new Set(['0x10de']), ['NVIDIA H200'])).toEqual(['NVIDIA H200']);
  expect(linuxNames(nvidia, new Set(['0x10de']), [])).toEqual(['NVIDIA graphics card']);
});

test('a driver that computes on the processor is named only where no card is used', () => {
  expect(linuxNames(mesa, new Set(), [])).toEqual(['llvmpipe (computes on the processor)']);
  const swiftShader = ['/usr/lib/chromium/./libvk_swiftshader.so'];
  expect(linuxNames(swiftShader, new Set(['0x10de']), ['NVIDIA H200'])).toEqual([
    'SwiftShader (computes on the processor)',
  ]);
});

test('what macOS and Windows print', () => {
  const profile = 'Graphics/Displays:\n\n    Apple M2:\n\n      Chipset Model: Apple M2\n      Type: GPU\n';
  expect(macNames(profile)).toEqual(['Apple M2']);
  expect(windowsNames('Intel(R) UHD Graphics 770\r\nNVIDIA RTX A2000\r\n\r\n')).toEqual([
    'Intel(R) UHD Graphics 770',
    'NVIDIA RTX A2000',
  ]);
});

test('the processor has a name', () => {
  expect(processorName()).toMatch(/\w/);
});
