import license from 'rollup-plugin-license';
import { defineConfig } from 'tsdown';

// The published package has no run-time dependencies: everything it uses is bundled, split into
// chunks by dynamic import, so that `--help` loads neither the SDK nor clack. The licences of what
// is bundled go along in one file.
export default defineConfig({
  entry: { cli: 'src/cli.ts', index: 'src/index.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  dts: { entry: 'src/index.ts' },
  minify: true,
  fixedExtension: false,
  noExternal: () => true,
  inlineOnly: false,
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
