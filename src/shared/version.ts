/** The package's own version; the one in package.json. */
import packageJson from '../../package.json' with { type: 'json' };

export const version: string = packageJson.version;
