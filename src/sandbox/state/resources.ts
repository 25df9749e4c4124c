/** Images and files: uploaded by apps, or put beside what a person says. */
import { newId } from './ids.ts';

/** Bytes that are made while they are read, so that a large file needs no memory. */
export interface ByteSource {
  readonly size: number;
  chunks(): Iterable<Uint8Array>;
}

export interface Resource extends ByteSource {
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly fileName: string;
  /** The app that uploaded it; absent where a person did. */
  readonly appId?: string;
  /** `file_type` of the upload of a file. */
  readonly uploadType?: string;
  /** `duration` of the upload (ms). */
  readonly durationMs?: number;
}

/** What is known of a resource besides its bytes. */
type ResourceFacts = Pick<Resource, 'appId' | 'uploadType' | 'durationMs'> & {
  readonly fileName?: string | undefined;
};

/** The bytes themselves, or how many of them to make up. */
export type ResourceContent = Uint8Array | { readonly bytes: number };

export interface ResourceStore {
  get(key: string): Resource | undefined;
  put(kind: Resource['kind'], content: ResourceContent, facts?: ResourceFacts): string;
}

export function createResources(): ResourceStore {
  const resources = new Map<string, Resource>();
  return {
    get: (key) => resources.get(key),
    put(kind, content, { fileName = '', ...facts } = {}) {
      const key = newId[kind]();
      const source = content instanceof Uint8Array ? stored(content) : madeUp(kind, content.bytes);
      resources.set(key, { key, kind, fileName, ...facts, ...source });
      return key;
    },
  };
}

function stored(content: Uint8Array): ByteSource {
  const bytes = Buffer.from(content);
  return { size: bytes.length, chunks: () => [bytes] };
}

const period = 251;
/** The byte at each place is the place modulo 251: repeating the block continues the pattern. */
const block = Uint8Array.from({ length: period * 256 }, (_, place) => place % period);
const pngSignature = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A made-up image begins as a PNG does. */
function madeUp(kind: Resource['kind'], size: number): ByteSource {
  return {
    size,
    *chunks() {
      const head = kind === 'image' ? pngSignature.subarray(0, size) : undefined;
      if (head) yield head;
      let place = head?.length ?? 0;
      while (place < size) {
        const start = place % block.length;
        const chunk = block.subarray(start, Math.min(block.length, start + size - place));
        yield chunk;
        place += chunk.length;
      }
    },
  };
}
