/** The guided flow in a window of 80 columns. */
import { describe, expect, it } from 'vitest';
import { COLUMNS, scenes, start } from '../../../scripts/transcripts/scenes.ts';
import { screenAfter } from '../../../scripts/transcripts/screen.ts';
import { columnsOf } from '../../support/columns.ts';
import { stage } from '../stage.ts';

const walked = scenes.filter(({ name }) => name === 'console' || name === 'paste');

describe.each(walked)('the scene $name', (scene) => {
  it.each(['en', 'zh'] as const)('breaks in %s no line but links', async (lang) => {
    const place = await stage(scene.options, { lang });
    const terminal = start(scene, place);
    await scene.play(place, terminal);
    expect(await terminal.ended(), terminal.screen.slice(-2_000)).toBe(scene.exitCode);
    const wide = screenAfter(terminal.raw, COLUMNS).filter((line) => columnsOf(line) > COLUMNS);
    expect(wide.filter((line) => !/^│ {2}https?:\S+$/.test(line))).toEqual([]);
    // The permissions' link, so that the rule has something to allow.
    if (scene.name === 'console') expect(wide.join('\n')).toContain('/auth?q=');
  });
});
