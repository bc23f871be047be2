import { openApp } from './support/app.ts';
import { test } from './support/browser.ts';
import { emptyProject } from './support/projects.ts';

test('the settings try the devices that networks can be trained on', async () => {
  const { page } = await openApp({ project: await emptyProject() });
  await page.getByRole('main').getByRole('heading', { name: 'No images yet' }).waitFor();
  await page.keyboard.press('Control+,');
  const devices = page.getByRole('region', { name: 'Devices that networks train on' });
  await devices.getByRole('button', { name: 'Try now' }).click();
  // The processor is always there; a graphics driver may take long to compile its programs.
  const [processor, card] = [devices.getByRole('listitem').first(), devices.getByRole('listitem').nth(1)];
  await processor.getByText(/GFLOP\/s, its gradients are right/).waitFor({ timeout: 150_000 });
  await card.getByText(/GFLOP\/s|install the driver/).waitFor();
});
