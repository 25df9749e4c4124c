import { createRequire } from 'node:module';
import type licensePlugin from 'rollup-plugin-license';
import { defineConfig, type UserConfig } from 'tsdown';
import ownPackage from './package.json' with { type: 'json' };
import { writePluginPackage } from './scripts/plugin-package.ts';

// The plugin is CommonJS, its types are not: loaded as what it is.
const license: typeof licensePlugin.default = createRequire(import.meta.url)(
  'rollup-plugin-license',
);

// The published package has no run-time dependencies: everything it uses is bundled, split into
// chunks by dynamic import, so that `--help` loads neither the SDK nor clack. The licences of what
// is bundled go along in one file.
const bundle = (outDir: string): UserConfig => ({
  outDir,
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  // The SDK reads its version beside itself, by CommonJS's name for that place.
  define: { __dirname: 'import.meta.dirname' },
  minify: true,
  fixedExtension: false,
  deps: { alwaysBundle: () => true, onlyBundle: false },
  plugins: [
    license({
      thirdParty: {
        includePrivate: false,
        output: { file: `${outDir}/THIRD-PARTY-LICENSES.txt`, encoding: 'utf-8' },
      },
    }),
  ],
});

const entry = { cli: 'src/cli.ts', index: 'src/index.ts' };

// The same twice: as this package, and as the folder that a host installs as its plugin.
export default defineConfig([
  {
    ...bundle('dist'),
    entry,
    dts: { entry: 'src/index.ts' },
    // The plugin lies within.
    clean: ['dist/*.*'],
  },
  {
    ...bundle('dist/plugin'),
    entry,
    dts: false,
    clean: true,
    hooks: {
      'build:done': () => writePluginPackage('dist/plugin', ownPackage),
    },
  },
]);
