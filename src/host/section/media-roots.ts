/**
 * Which files of this machine an agent of the host may send: those of its workspaces, and what the host
 * itself keeps for sending (docs/hosts.md#media). Pure.
 */
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MediaRoots } from '../../channel/answer/media/found/media-roots.ts';
import { type ConfigLocation, expandHome, type HostName } from '../../config/locate.ts';
import { isFields } from '../../shared/fields.ts';
import type { HostConfig } from '../host-config.ts';

export interface HostMediaPlace {
  readonly cfg: HostConfig;
  readonly host: HostName | undefined;
  readonly location: Pick<ConfigLocation, 'path' | 'stateDir'>;
  readonly home: string;
}

/** Below the state directory: what the host stores of media, and where agents of old hosts work. */
const kept = ['media', 'canvas', 'sandboxes'];

export function hostMediaRoots(place: HostMediaPlace): MediaRoots {
  const { host, location, home } = place;
  const { stateDir } = location;
  const workspaces = workspacesOf(place);
  return {
    // An agent names files as it sees them: from its workspace.
    base: workspaces[0] ?? home,
    home,
    allowed: [
      ...workspaces,
      ...kept.map((name) => join(stateDir, name)),
      ...temporaryFolders(host),
    ],
    denied: [stateDir, dirname(location.path), location.path],
  };
}

/** The default one first (openclaw@2026.9.6 and clawdbot@2026.1.24-3, agents/agent-scope). */
function workspacesOf({ cfg, host, location, home }: HostMediaPlace): readonly string[] {
  const agents = isFields(cfg.agents) ? cfg.agents : {};
  const defaults = isFields(agents.defaults) ? agents.defaults : {};
  const list = Array.isArray(agents.list) ? agents.list.filter(isFields) : [];
  const named = textOf(defaults.workspace);
  const standard = host === 'openclaw' ? join(location.stateDir, 'workspace') : join(home, 'clawd');
  const shared = named === undefined ? standard : expandHome(named, home);
  const own = list.flatMap((agent) => {
    const id = textOf(agent.id);
    const workspace = textOf(agent.workspace);
    if (workspace !== undefined) return [expandHome(workspace, home)];
    if (id === undefined) return [];
    return named === undefined ? [`${standard}-${id}`] : [join(shared, id)];
  });
  return [shared, ...own];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** OpenClaw's tools write into a folder of their own, those of the other hosts into the system's. */
function temporaryFolders(host: HostName | undefined): readonly string[] {
  if (host !== 'openclaw') return [tmpdir()];
  const user = process.getuid?.();
  return ['/tmp/openclaw', join(tmpdir(), user === undefined ? 'openclaw' : `openclaw-${user}`)];
}
