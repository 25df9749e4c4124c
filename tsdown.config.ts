import { createRequire } from 'node:module';
import type licensePlugin from 'rollup-plugin-license';
import { defineConfig } from 'tsdown';

// The plugin is CommonJS, its types are not: loaded as what it is.
const license: typeof licensePlugin.default = createRequire(import.meta.url)(
  'rollup-plugin-license',
);

// The published package has no run-time dependencies: everything it uses is bundled, split into
// chunks by dynamic import, so that `--help` loads neither the SDK nor clack. The licences of what
// is bundled go along in one file.
export default defineConfig({
  entry: { cli: 'src/cli.ts', index: 'src/index.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  dts: { entry: 'src/index.ts' },
  // The SDK reads its version beside itself, by CommonJS's name for that place.
  define: { __dirname: 'import.meta.dirname' },
  minify: true,
  fixedExtension: false,
  deps: { alwaysBundle: () => true, onlyBundle: false },
  clean: true,
  plugins: [
    license({
      thirdParty: {
        includePrivate: false,
        output: { file: 'dist/THIRD-PARTY-LICENSES.txt', encoding: 'utf-8' },
      },
    }),
  ],
});
