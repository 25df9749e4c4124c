/** The host's whole config, as loaded: includes merged, variables resolved, our section unchecked. */
export type HostConfig = Readonly<Record<string, unknown>>;
