import { createRequire } from 'node:module';
import { join } from 'node:path';
import type licensePlugin from 'rollup-plugin-license';
import { defineConfig } from 'tsdown';
import ownPackage from './package.json' with { type: 'json' };
import { writeStyles } from './scripts/page-styles.ts';
import { writeDoors, writeHelp, writePluginPackage } from './scripts/plugin-package.ts';

// The plugin is CommonJS, its types are not: loaded as what it is.
const license: typeof licensePlugin.default = createRequire(import.meta.url)(
  'rollup-plugin-license',
);

// What is published has no run-time dependencies: everything it uses is bundled, split into chunks by
// dynamic import, so that `--help` loads neither the SDK nor clack. The bundle lies in the folder
// that a host installs as its plugin; the package's own program and door lead there, so that nothing
// is shipped twice. The licences of what is bundled go along in one file.
export default defineConfig([
  {
    entry: { cli: 'src/cli.ts', index: 'src/index.ts' },
    outDir: 'dist/plugin',
    format: 'esm',
    platform: 'node',
    target: 'node20.12',
    // The SDK reads its version beside itself, by CommonJS's name for that place.
    define: { __dirname: 'import.meta.dirname' },
    minify: true,
    fixedExtension: false,
    // What nearly every command begins with, in one file: each more costs a start half a millisecond.
    outputOptions: {
      codeSplitting: {
        groups: [
          {
            name: 'start',
            test: (id) =>
              id === join(import.meta.dirname, 'package.json') ||
              /src[\\/](shared[\\/](version|text[\\/]locale)|commands[\\/]output[\\/](standard-output|last-resort))\.ts/.test(
                id,
              ),
          },
          {
            name: 'base',
            test: /src[\\/]shared[\\/](errors|credentials|text[\\/]text|terminal[\\/]visible)\.ts/,
          },
        ],
      },
    },
    deps: { alwaysBundle: () => true, onlyBundle: false },
    dts: false,
    clean: ['dist'],
    plugins: [
      license({
        thirdParty: {
          includePrivate: false,
          output: { file: 'dist/plugin/THIRD-PARTY-LICENSES.txt', encoding: 'utf-8' },
        },
      }),
    ],
    hooks: {
      'build:done': async () => {
        await writePluginPackage('dist/plugin', ownPackage);
        await writeHelp('dist/plugin');
        await writeDoors('dist');
      },
    },
  },
  // The sandbox's chat page: one script and one style sheet, which only a browser loads.
  {
    entry: { client: 'src/sandbox/page/client/main.tsx' },
    outDir: 'dist/plugin/page',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    tsconfig: 'src/sandbox/page/client/tsconfig.json',
    minify: true,
    fixedExtension: false,
    deps: { alwaysBundle: () => true, onlyBundle: false },
    dts: false,
    clean: false,
    hooks: {
      'build:done': () => writeStyles('src/sandbox/page/client/client.css', 'dist/plugin/page'),
    },
    plugins: [
      license({
        thirdParty: {
          includePrivate: false,
          output: { file: 'dist/plugin/page/THIRD-PARTY-LICENSES.txt', encoding: 'utf-8' },
        },
      }),
    ],
  },
  {
    entry: { index: 'src/index.ts' },
    outDir: 'dist',
    format: 'esm',
    platform: 'node',
    fixedExtension: false,
    deps: { alwaysBundle: () => true, onlyBundle: false },
    dts: { emitDtsOnly: true },
    clean: false,
  },
]);
