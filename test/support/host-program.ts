/** A host's program on PATH, as far as it is looked at: its package.json. It tells nobody anything. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostName } from '../../src/config/locate.ts';

/** Puts it into `bin` below `home`; that is the PATH to run with. */
export async function putHost(
  home: string,
  name: HostName,
  script = '#!/bin/sh\nexit 1\n',
): Promise<void> {
  const folder = join(home, 'lib', name);
  await mkdir(folder, { recursive: true });
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '2026.1.24' }));
  await writeFile(join(folder, 'entry.js'), script, { mode: 0o755 });
  await symlink(join(folder, 'entry.js'), join(home, 'bin', name));
}

/**
 * A host that installs plugins as Clawdbot does: a copy of the folder, and a record in the config that
 * it is given, which it rewrites. It appends its words to `calls` below `home`.
 */
export const installingHost = (home: string): string => `#!/bin/sh
echo "$*" >> '${join(home, 'calls')}'
case "$1 $2" in
  "--version "*) echo 2026.1.24 ;;
  "plugins install")
    [ -e "$CLAWDBOT_STATE_DIR/extensions/feishu" ] && { echo 'plugin already exists' >&2; exit 1; }
    /bin/grep -q channels "$CLAWDBOT_CONFIG_PATH" && { echo 'unknown channel id' >&2; exit 1; }
    /bin/mkdir -p "$CLAWDBOT_STATE_DIR/extensions"
    /bin/cp -R "$3" "$CLAWDBOT_STATE_DIR/extensions/feishu"
    echo '{"meta":{},"plugins":{"entries":{"feishu":{"enabled":true}},"installs":{"feishu":{"source":"path","version":"x"}}}}' > "$CLAWDBOT_CONFIG_PATH" ;;
  *) exit 1 ;;
esac
`;

/** A host that works, and refuses to install anything. */
export const refusingHost = (words: string): string => `#!/bin/sh
[ "$1" = --version ] && { echo 2026.1.24; exit 0; }
printf '%b' '${words}' >&2
exit 1
`;
