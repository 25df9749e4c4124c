/** Opens a link in the browser of this machine, where there is one. */
import { spawn } from 'node:child_process';

export interface OpenLinkOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Whether a browser took it; `false` over SSH, without a display, or without the program. */
export async function openLink(url: string, options: OpenLinkOptions): Promise<boolean> {
  // Opens only links for a browser, never a file or a command.
  return /^https?:\/\//.test(url) && open(url, options);
}

/** Whether a program of this machine took the picture that was written to `path`. */
export async function openPicture(path: string, options: OpenLinkOptions): Promise<boolean> {
  return /\.png$/.test(path) && open(path, options);
}

async function open(target: string, options: OpenLinkOptions): Promise<boolean> {
  const words = opener(options);
  const [program, ...rest] = words ?? [];
  if (program === undefined) return false;
  return new Promise((resolve) => {
    const child = spawn(program, [...rest, target], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function opener({ env, platform }: OpenLinkOptions): readonly string[] | undefined {
  if (env.BROWSER) return [env.BROWSER];
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
  }
}
