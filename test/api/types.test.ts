/** The types of the public API, checked by the compiler (`npm run check:types`). */
import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { execMessageSchema } from '../../src/channel/agent/exec-message.ts';
import plugin, {
  type ExecMention,
  type ExecMessage,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/index.ts';

it('has the types that it documents', () => {
  expectTypeOf(startSandbox).parameter(0).toEqualTypeOf<SandboxOptions | undefined>();
  expectTypeOf(startSandbox).returns.resolves.toEqualTypeOf<Sandbox>();
  expectTypeOf<Sandbox['url']>().toEqualTypeOf<string>();
  expectTypeOf<Sandbox['nextAnswer']>().returns.resolves.toHaveProperty('content');
  expectTypeOf(plugin.id).toEqualTypeOf<'feishu'>();
  expectTypeOf(plugin.register).parameter(0).toHaveProperty('registerChannel');
  expectTypeOf<SandboxOptions>().toExtend<{ port?: number; app?: object }>();
});

it('has the document of run --exec as its schema says', () => {
  expectTypeOf<ExecMessage['mentions']>().toEqualTypeOf<readonly ExecMention[]>();
  expectTypeOf<z.infer<typeof execMessageSchema>>().toExtend<ExecMessage>();
  expectTypeOf<ExecMessage>().toExtend<z.infer<typeof execMessageSchema>>();
  expectTypeOf<keyof ExecMessage>().toEqualTypeOf<keyof z.infer<typeof execMessageSchema>>();
});

it('refuses what the API does not take', () => {
  // @ts-expect-error the port is a number
  expectTypeOf(startSandbox).toBeCallableWith({ port: '8080' });
  // @ts-expect-error there is no such fault
  expectTypeOf<Sandbox['fault']>().toBeCallableWith({ match: {}, do: { kind: 'explode' } });
});
