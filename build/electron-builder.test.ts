import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// electron-builder's own checks, which need no Electron binary and no network. They come from its own copy.

interface Metadata {
  readonly homepage: string;
  readonly author: { readonly name: string };
}
interface FpmTarget {
  checkOptions(): Promise<unknown>;
}

const root = join(import.meta.dirname, '..');
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const library = <T>(module: string): T => builder(`app-builder-lib/out/${module}`) as T;

const { getConfig, validateConfiguration } = library<{
  getConfig(project: string, file: string, options: null): Promise<Record<string, Record<string, unknown>>>;
  validateConfiguration(config: unknown, logger: { readonly isEnabled: boolean }): Promise<void>;
}>('util/config/config.js');
const { AppInfo } = library<{
  AppInfo: new (info: object, buildVersion: null) => object;
}>('appInfo.js');
const { default: Fpm } = library<{ default: { prototype: FpmTarget } }>('targets/FpmTarget.js');
const { readPackageJson } = library<{ readPackageJson(file: string): Promise<Metadata> }>(
  'util/packageMetadata.js',
);

const logger = { isEnabled: false };
const config = await getConfig(root, 'build/electron-builder.yml', null);
const metadata = await readPackageJson(join(root, 'package.json'));

test('the configuration is one that electron-builder knows', async () => {
  await validateConfiguration(config, logger);
  const wrong = { ...config, linux: { ...config['linux'], targets: 'deb' } };
  await expect(validateConfiguration(wrong, logger)).rejects.toThrow(/configuration\.linux/);
});

test('a Debian package finds all that it must name', async () => {
  const info = { metadata, config, repositoryInfo: Promise.resolve(null) };
  const packager = { info, appInfo: new AppInfo(info, null) };
  const target = Object.create(Fpm.prototype) as FpmTarget;
  const named = await Object.assign(target, { packager, options: config['linux'] }).checkOptions();
  expect(named).toMatchObject({ name: 'emend', maintainer: expect.stringMatching(/^[\w ]+ <\S+@\S+>$/) });
  expect(metadata.author.name).toBe('Emend contributors');
});
