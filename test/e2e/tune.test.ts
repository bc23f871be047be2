import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { newFolder, openApp } from './support/app.ts';
import { violations } from './support/axe.ts';
import { test } from './support/browser.ts';
import { layoutFaults } from './support/layout.ts';
import { takePicture } from './support/picture.ts';
import { stripesProject } from './support/stripes.ts';
import { TunePage } from './support/tune-page.ts';

test('a network is trained in sight, stopped, resumed, compared, exported and deleted', async () => {
  const project = await stripesProject();
  const { page } = await openApp({ project });
  const tune = new TunePage(page);
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => {
    for (const fault of [...(await violations(page)), ...(await layoutFaults(page))])
      faults.push(`${place}: ${fault}`);
  };

  await tune.show('Gallery');
  await tune.press('Control+Shift+Enter');
  await tune.settings.getByText(/30 labels \(median\): too few/).waitFor();
  await tune.settings.getByRole('combobox', { name: 'Begins with' }).click();
  await page.getByRole('option', { name: /^small/ }).click();
  await tune.settings.getByRole('radio', { name: 'Whole network, head first' }).check();
  await tune.settings.getByText(/6 trainings/).waitFor();
  await tune.settings.getByText('Advanced settings').press('Enter');
  await tune.settings.getByRole('textbox', { name: 'Epochs' }).fill('24');
  await tune.settings.getByRole('textbox', { name: 'Images per step' }).fill('16');
  await tune.settings.getByRole('textbox', { name: 'Learning rate' }).fill('0.01');
  await look('settings');
  await takePicture(page, 'tune-settings');
  await tune.press('Alt+Enter');

  await tune.run.getByText(/fold 1 of 5/).waitFor({ timeout: 60_000 });
  await expect.poll(() => tune.points('Loss'), { timeout: 60_000 }).toBeGreaterThan(2);
  const before = await tune.points('Loss');
  await expect.poll(() => tune.points('Loss')).toBeGreaterThan(before);
  await expect.poll(() => tune.points('Accuracy')).toBeGreaterThan(0);
  await tune.run.getByText(/fold 2 of 5/).waitFor({ timeout: 60_000 });
  await look('run');
  await page.keyboard.press('Escape');
  await tune.run.getByText(/^Stopped/).waitFor();
  await look('stopped');
  await takePicture(page, 'tune-run');
  expect(await tune.models.count()).toBe(1);
  const [run = ''] = readdirSync(join(project, 'runs'));
  // Each fold begins with a head that never saw it.
  expect(existsSync(join(project, 'runs', run, 'head-without-1.onnx'))).toBe(true);
  await page.keyboard.press('r');
  await tune.run.waitFor({ state: 'hidden', timeout: 120_000 });

  await expect.poll(() => tune.models.count()).toBe(2);
  await expect.poll(() => tune.models.first().innerText()).toMatch(/Whole network, head first.*in use/s);
  await page.keyboard.press('c');
  await tune.comparison.getByText(/On 90 labels that neither had learned from/).waitFor();
  await look('comparison');
  await takePicture(page, 'tune-compare');
  await tune.comparison.getByRole('button', { name: 'Close the comparison' }).click();

  const folder = newFolder('export');
  await tune.more(0, 'Export as ONNX…');
  await tune.dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await tune.pick(folder);
  await tune.dialog.getByRole('button', { name: 'Export' }).click();
  await page.getByText(/^Model written to/).waitFor();
  const file = join(folder, 'stripes-head-then-full.onnx');
  expect(existsSync(file) && statSync(file).size).toBeGreaterThan(10_000);

  await tune.more(1, 'Put to use');
  await expect.poll(() => tune.models.nth(1).innerText()).toMatch(/in use/);
  await tune.more(0, 'Delete…');
  await tune.dialog.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => tune.models.count()).toBe(1);
  expect(faults).toEqual([]);
});
