import { defineConfig } from 'tsdown';

/** The bench's own programs; what they measure is the package as it is published. */
export default defineConfig({
  entry: { bench: 'bench.ts', soak: 'soak.ts', 'host-soak': 'host-soak.ts', peers: 'peers.ts' },
  outDir: '.build',
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  dts: false,
  fixedExtension: true,
  logLevel: 'warn',
});
