// Publishes what is built, called by .github/workflows/release.yml: moltbot-feishu by changesets, which also
// tags it, then the plugin under its own name in the same version.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const run = (program, words, cwd = '.') => execFileSync(program, words, { cwd, stdio: 'inherit' });

const isPublished = (name, version) => {
  try {
    const found = execFileSync('npm', ['view', `${name}@${version}`, 'version'], { stdio: 'pipe' });
    return found.toString().trim() === version;
  } catch {
    // A name or version that does not exist yet.
    return false;
  }
};

const repository = process.env.GITHUB_REPOSITORY;
if (!repository)
  throw new Error('GITHUB_REPOSITORY is not set: packages are published by CI only.');

run('npm', ['run', '--silent', 'build']);
// Provenance needs the repository that the packages were built in.
for (const folder of ['.', 'dist/plugin'])
  run('npm', ['pkg', 'set', `repository=github:${repository}`], folder);

run('npx', ['changeset', 'publish']);
const { name, version } = JSON.parse(readFileSync('dist/plugin/package.json', 'utf8'));
if (!isPublished(name, version)) run('npm', ['publish', '--access', 'public'], 'dist/plugin');
