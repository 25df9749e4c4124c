/** Waits for a promise; rejects with the signal's reason if it aborts before. */
export async function waitOrAbort(
  waited: Promise<void> | undefined,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (!waited) return;
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
