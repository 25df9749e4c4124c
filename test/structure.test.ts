/**
 * The arrows between the rooms of src/: an import points from a room to one below it, and nowhere is
 * there a circle, be it between files or between folders (docs: CONTRIBUTING, "The rooms").
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** From the top to the bottom: a room imports only from rooms behind it in this list. */
const rooms = [
  'commands',
  'wizard',
  'doctor',
  'host',
  'channel',
  'sandbox',
  'platform',
  'config',
  'shared',
];

/** The doors of the package: nothing inside imports them, and they import any room. */
const doors = ['cli.ts', 'index.ts'];

const MAX_LINES = 400;

interface Arrow {
  readonly from: string;
  readonly to: string;
}

const files = codeIn(source);

const arrows = files.flatMap((from) => arrowsOf(from));

function codeIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:tsx?|mjs)$/.test(file) && !file.includes('.build'))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

test('an import points to a room below', () => {
  const up = arrows.filter(({ from, to }) => {
    const [upper, lower] = [roomOf(from), roomOf(to)];
    if (upper === lower) return false;
    if (doors.includes(to)) return true;
    return !doors.includes(from) && rooms.indexOf(upper) > rooms.indexOf(lower);
  });
  expect(up.map(shown)).toEqual([]);
});

test('every folder of src is a room with a place in the order', () => {
  const found = new Set(files.filter((file) => file.includes('/')).map(roomOf));
  expect([...found].sort()).toEqual([...rooms].sort());
});

test('no circle between the files and sub-folders of any folder', () => {
  const circles = [...folderGraphs(arrows)].flatMap(([folder, graph]) =>
    circlesIn(graph).map((circle) => `${folder || 'src'}: ${circle.join(' → ')}`),
  );
  expect(circles).toEqual([]);
});

test('no file is longer than a person reads in one go', () => {
  const long = ['src', 'test', 'scripts', 'bench'].flatMap((folder) => {
    const root = join(source, '..', folder);
    return codeIn(root).filter(
      (file) => readFileSync(join(root, file), 'utf8').split('\n').length - 1 > MAX_LINES,
    );
  });
  expect(long).toEqual([]);
});

test('a circle is found', () => {
  const graphs = folderGraphs([
    { from: 'host/turn/agent.ts', to: 'host/send/send.ts' },
    { from: 'host/send/send.ts', to: 'host/turn/names.ts' },
    { from: 'host/plugin.ts', to: 'host/turn/agent.ts' },
  ]);
  expect(circlesIn(graphs.get('host') ?? new Map())).toEqual([['send', 'turn']]);
});

function arrowsOf(from: string): Arrow[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(source, from), 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => ({
      from,
      to: relative(source, join(source, dirname(from), fileName))
        .split(sep)
        .join('/'),
    }))
    .filter(({ to }) => files.includes(to));
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function shown({ from, to }: Arrow): string {
  return `${from} → ${to}`;
}

type Graph = Map<string, Set<string>>;

/** For each folder the arrows between what is directly in it: an arrow counts where its ends part. */
function folderGraphs(all: readonly Arrow[]): Map<string, Graph> {
  const graphs = new Map<string, Graph>();
  for (const { from, to } of all) {
    const [a, b] = [from.split('/'), to.split('/')];
    const depth = a.findIndex((part, index) => part !== b[index]);
    if (depth < 0) continue;
    const folder = a.slice(0, depth).join('/');
    const graph = graphs.get(folder) ?? new Map<string, Set<string>>();
    graphs.set(folder, graph);
    const [start, end] = [a[depth] ?? '', b[depth] ?? ''];
    graph.set(start, (graph.get(start) ?? new Set()).add(end));
  }
  return graphs;
}

/** The groups of entries that reach each other, each sorted. */
function circlesIn(graph: Graph): string[][] {
  const reach = new Map([...graph.keys()].map((entry) => [entry, reachableFrom(graph, entry)]));
  const groups = new Map<string, string[]>();
  for (const [entry, reached] of reach) {
    if (!reached.has(entry)) continue;
    const group = [...reached].filter((other) => reach.get(other)?.has(entry)).sort();
    groups.set(group.join(), group);
  }
  return [...groups.values()];
}

function reachableFrom(graph: Graph, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(graph.get(next) ?? []));
  }
  return reached;
}
