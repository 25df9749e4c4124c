/**
 * Makes async functions of what TypeScript made of them for ES5 (tslib's `__awaiter`), while bundling.
 *
 * There each call makes a generator function of its own, and V8 gives each of these a map. Maps are old
 * from the start, so they keep what hangs on them from being collected with the young, and all of a
 * call hangs on its generator: receiving events with the Feishu SDK, a fifth of what was allocated grew
 * old so, for the collector to mark and sweep.
 */
import { walk } from 'estree-walker';
import MagicString from 'magic-string';
import type { Rolldown } from 'tsdown';

/** @param packages a part of the path of each module that is meant */
export function nativeAsync(packages: RegExp): Rolldown.Plugin {
  return {
    name: 'native-async',
    transform: {
      filter: { id: packages, code: '__awaiter' },
      handler(code) {
        return { code: withNativeAsync(code, this.parse(code)), map: null };
      },
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: of two packages' syntax trees, both ESTree's
type Node = any;

/** Arrow functions, or ones called in place, V8 would read with those around them: 25 MB more at the start. */
const called = 'function __called(self, run) { return run.call(self); }';

/** @throws Error where a call is of another form than TypeScript 4's, which nobody has looked at */
function withNativeAsync(code: string, program: Node): string {
  const result = new MagicString(code);
  /** The functions around the place where the walk is. */
  const functions: Node[] = [];
  const madeAsync = new Set<Node>();
  walk(program, {
    enter(node: Node) {
      if (node.type === 'CallExpression' && node.callee.name === '__awaiter') {
        // `__awaiter(this, void 0, void 0, function* () {…})` → `__called(this, async function () {…})`
        const { self, body } = partsOf(node);
        madeAsync.add(body);
        result.update(node.start, self.start, '__called(');
        result.update(self.end, body.body.start, ', async function () ');
      }
      if (isFunction(node)) functions.push(node);
      const around = functions.findLast(({ type }) => type !== 'ArrowFunctionExpression');
      if (!madeAsync.has(around)) return;
      if (node.type === 'Identifier' && node.name === 'arguments') throw unknown(code, node);
      if (node.type !== 'YieldExpression') return;
      if (node.delegate) throw unknown(code, node);
      // `await` binds more tightly than `yield`.
      result.update(node.start, node.start + 'yield'.length, '(await (');
      result.appendLeft(node.end, '))');
    },
    leave(node: Node) {
      if (isFunction(node)) functions.pop();
    },
  });
  return result.append(called).toString();

  function partsOf(call: Node): { readonly self: Node; readonly body: Node } {
    const [self, , , body] = call.arguments;
    const isKnown =
      call.arguments.length === 4 &&
      (self.type === 'ThisExpression' || self.operator === 'void') &&
      body.type === 'FunctionExpression' &&
      body.generator &&
      body.params.length === 0;
    if (!isKnown) throw unknown(code, call);
    return { self, body };
  }
}

function isFunction({ type }: Node): boolean {
  return /^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression)$/.test(type);
}

function unknown(code: string, { start, end }: Node): Error {
  return new Error(`not understood as an async function: ${code.slice(start, end).slice(0, 200)}`);
}
