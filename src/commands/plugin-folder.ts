/** Our built plugin, beside the program. */
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** As it is published; none when run from the sources, or from within the plugin itself. */
export async function pluginFolder(): Promise<string | undefined> {
  const path = fileURLToPath(new URL('./plugin', import.meta.url));
  return access(path).then(
    () => path,
    () => undefined,
  );
}
