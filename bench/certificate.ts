/** A certificate for loopback, for peers whose settings take an https:// platform only. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The certificate's file, for NODE_EXTRA_CA_CERTS. */
  readonly path: string;
  remove(): Promise<void>;
}

/** @throws where there is no `openssl`: Node makes keys, and no certificates */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'feishu-bench-'));
  const [keyPath, path] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(
    'openssl',
    ['req', ...kind, ...names, '-days', '1', '-keyout', keyPath, '-out', path],
    { stdio: 'pipe' },
  );
  return {
    key: await readFile(keyPath, 'utf8'),
    cert: await readFile(path, 'utf8'),
    path,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
