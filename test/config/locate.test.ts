import { describe, expect } from 'vitest';
import { type HostName, locateConfig } from '../../src/config/locate.ts';
import { render } from '../../src/shared/text/text.ts';
import { everyRow } from '../support/every-row.ts';

const home = '/home/ann';

function locate(
  env: Record<string, string>,
  files: readonly string[] = [],
  more: { host?: HostName; explicitPath?: string } = {},
) {
  const { path, because, exists, stateDir } = locateConfig({
    env,
    home,
    fileExists: (file) => files.includes(file),
    ...more,
  });
  return { path, because: render(because, 'en'), exists, stateDir };
}

const usual = '/home/ann/.clawdbot/moltbot.json';

describe('where the config is', () => {
  everyRow<[string, Parameters<typeof locate>, string, string]>([
    ['nothing anywhere', [{}], usual, 'no config found'],
    [
      'OPENCLAW_HOME replaces the home of OpenClaw',
      [{ OPENCLAW_HOME: '/srv/claw' }, [], { host: 'openclaw' }],
      '/srv/claw/.openclaw/openclaw.json',
      'OPENCLAW_HOME',
    ],
    [
      'OPENCLAW_HOME before a config in the usual place, with no host known',
      [{ OPENCLAW_HOME: '/srv/claw' }, ['/srv/claw/.openclaw/openclaw.json', usual]],
      '/srv/claw/.openclaw/openclaw.json',
      'OPENCLAW_HOME',
    ],
    [
      '~ in OPENCLAW_HOME is HOME',
      [{ OPENCLAW_HOME: ' ~/claw ' }, [], { host: 'openclaw' }],
      '/home/ann/claw/.openclaw/openclaw.json',
      'OPENCLAW_HOME',
    ],
    [
      '~ in OPENCLAW_STATE_DIR is OPENCLAW_HOME',
      [{ OPENCLAW_HOME: '/srv/claw', OPENCLAW_STATE_DIR: '~/state' }, [], { host: 'openclaw' }],
      '/srv/claw/state/openclaw.json',
      'OPENCLAW_STATE_DIR',
    ],
    [
      '~ in OPENCLAW_CONFIG_PATH is OPENCLAW_HOME',
      [{ OPENCLAW_HOME: '/srv/claw', OPENCLAW_CONFIG_PATH: '~/o.json' }],
      '/srv/claw/o.json',
      'OPENCLAW_CONFIG_PATH',
    ],
    [
      'OPENCLAW_HOME is nothing to Clawdbot',
      [{ OPENCLAW_HOME: '/srv/claw' }, [], { host: 'clawdbot' }],
      '/home/ann/.clawdbot/clawdbot.json',
      'clawdbot',
    ],
    [
      'an OPENCLAW_HOME that a script has not filled is none',
      [{ OPENCLAW_HOME: 'undefined' }, [], { host: 'openclaw' }],
      '/home/ann/.openclaw/openclaw.json',
      'openclaw',
    ],
    [
      '--config before all',
      [{ MOLTBOT_CONFIG_PATH: '/m.json' }, [usual], { explicitPath: '/x/c.json' }],
      '/x/c.json',
      '--config',
    ],
    [
      '~ in --config is HOME',
      [{}, [], { explicitPath: '~/c.json' }],
      '/home/ann/c.json',
      '--config',
    ],
    [
      'MOLTBOT_CONFIG_PATH first',
      [
        {
          OPENCLAW_CONFIG_PATH: '/o.json',
          CLAWDBOT_CONFIG_PATH: '/c.json',
          MOLTBOT_CONFIG_PATH: '~/m.json',
        },
      ],
      '/home/ann/m.json',
      'MOLTBOT_CONFIG_PATH',
    ],
    [
      'CLAWDBOT_CONFIG_PATH second',
      [{ OPENCLAW_CONFIG_PATH: '/o.json', CLAWDBOT_CONFIG_PATH: '/c.json' }],
      '/c.json',
      'CLAWDBOT_CONFIG_PATH',
    ],
    [
      'OPENCLAW_CONFIG_PATH third',
      [{ OPENCLAW_CONFIG_PATH: '/o.json' }, [usual]],
      '/o.json',
      'OPENCLAW_CONFIG_PATH',
    ],
    ['a blank variable is none', [{ MOLTBOT_CONFIG_PATH: ' ' }], usual, 'no config found'],
    [
      'a state directory with a config',
      [{ MOLTBOT_STATE_DIR: '/s' }, ['/s/clawdbot.json', usual]],
      '/s/clawdbot.json',
      'MOLTBOT_STATE_DIR',
    ],
    [
      'a state directory without one, a config elsewhere',
      [{ CLAWDBOT_STATE_DIR: '/s' }, [usual]],
      usual,
      'first config found',
    ],
    [
      'a state directory, and no config at all',
      [{ CLAWDBOT_STATE_DIR: '~/s' }],
      '/home/ann/s/moltbot.json',
      'CLAWDBOT_STATE_DIR',
    ],
    [
      '~/.moltbot before ~/.clawdbot',
      [{}, ['/home/ann/.clawdbot/clawdbot.json', '/home/ann/.moltbot/clawdbot.json']],
      '/home/ann/.moltbot/clawdbot.json',
      'found',
    ],
    [
      'moltbot.json before clawdbot.json',
      [{}, ['/home/ann/.clawdbot/clawdbot.json', usual]],
      usual,
      'found',
    ],
    [
      'only OpenClaw is there',
      [{}, ['/home/ann/.openclaw/openclaw.json']],
      '/home/ann/.openclaw/openclaw.json',
      'found',
    ],
    [
      'OPENCLAW_STATE_DIR',
      [{ OPENCLAW_STATE_DIR: '/o' }],
      '/o/openclaw.json',
      'OPENCLAW_STATE_DIR',
    ],
    [
      'Clawdbot reads only clawdbot.json',
      [{}, [usual], { host: 'clawdbot' }],
      '/home/ann/.clawdbot/clawdbot.json',
      'clawdbot reads',
    ],
    [
      'Clawdbot does not read MOLTBOT_CONFIG_PATH',
      [{ MOLTBOT_CONFIG_PATH: '/m.json' }, [], { host: 'clawdbot' }],
      '/home/ann/.clawdbot/clawdbot.json',
      'clawdbot reads',
    ],
    [
      'Clawdbot stays in its state directory',
      [{ CLAWDBOT_STATE_DIR: '/s' }, ['/home/ann/.clawdbot/clawdbot.json'], { host: 'clawdbot' }],
      '/s/clawdbot.json',
      'CLAWDBOT_STATE_DIR',
    ],
    [
      'OpenClaw reads only its own',
      [{ CLAWDBOT_CONFIG_PATH: '/c.json' }, [usual], { host: 'openclaw' }],
      '/home/ann/.openclaw/openclaw.json',
      'openclaw reads',
    ],
    [
      'Moltbot takes what is there',
      [{}, ['/home/ann/.clawdbot/clawdbot.json'], { host: 'moltbot' }],
      '/home/ann/.clawdbot/clawdbot.json',
      'moltbot reads',
    ],
    [
      'Moltbot, new',
      [{}, ['/home/ann/.openclaw/openclaw.json'], { host: 'moltbot' }],
      usual,
      'no config found',
    ],
  ])('%s', (_name, args, path, because) => {
    const found = locate(...args);
    expect(found.path).toBe(path);
    expect(found.because).toContain(because);
    expect(found.exists).toBe((args[1] ?? []).includes(path));
  });

  everyRow<[string, Parameters<typeof locate>, string]>([
    [
      'the directory of the config',
      [{}, ['/home/ann/.moltbot/moltbot.json']],
      '/home/ann/.moltbot',
    ],
    ['a named one', [{ MOLTBOT_STATE_DIR: '/s' }], '/s'],
    [
      'the host’s own, for a config elsewhere',
      [{}, [], { explicitPath: '/x/moltbot.json' }],
      '/home/ann/.clawdbot',
    ],
    [
      'the one that is there, for a config elsewhere',
      [{}, ['/home/ann/.moltbot'], { explicitPath: '/x/moltbot.json' }],
      '/home/ann/.moltbot',
    ],
    [
      'OpenClaw’s, known by the file’s name',
      [{}, [], { explicitPath: '/x/openclaw.json' }],
      '/home/ann/.openclaw',
    ],
    [
      'a named one, for a config elsewhere',
      [{ CLAWDBOT_STATE_DIR: '/s', CLAWDBOT_CONFIG_PATH: '/x/c.json' }],
      '/s',
    ],
  ])('the state directory is %s', (_name, args, stateDir) => {
    expect(locate(...args).stateDir).toBe(stateDir);
  });
});
