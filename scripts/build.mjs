// Builds quietly: tsdown says nothing unless something is wrong. Its notice about old Node versions
// is about building, which is checked on this version, and would only worry a newcomer.
const warn = console.warn;
console.warn = (...texts) => {
  if (!String(texts[0]).includes('[tsdown] Node.js')) warn(...texts);
};
const [config] = process.argv.slice(2);
const { build } = await import('tsdown');
await build({ logLevel: 'error', ...(config !== undefined && { config }) });
