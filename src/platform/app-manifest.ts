import type { Text } from '../shared/text.ts';
export interface ManifestScope {
  readonly scope: string;
  readonly need: 'required' | 'recommended' | 'optional';
  readonly feature: Text;
  readonly satisfiedBy: readonly string[];
}
export const appManifest: { readonly scopes: readonly ManifestScope[] } = { scopes: [] };
