/** What a process and its children use, found by the process group that they share (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  readonly cpuMs: number;
  readonly residentMb: number;
}

/** Fields 5, 14 to 17 and 24 of /proc/<pid>/stat, in ticks of 10 ms and pages of 4 KB (proc(5)). */
export function groupUsage(group: number): Usage | undefined {
  if (process.platform !== 'linux') return undefined;
  let [ticks, pages] = [0, 0];
  for (const pid of readdirSync('/proc')) {
    const fields = /^\d+$/.test(pid) ? statOf(pid) : [];
    if (Number(fields[2]) !== group) continue;
    // Children that have ended count with who waited for them.
    for (const field of fields.slice(11, 15)) ticks += Number(field);
    pages += Number(fields[21]);
  }
  return { cpuMs: ticks * 10, residentMb: pages / 256 };
}

/** The fields after the name, which may have spaces: field 3 is the first. */
function statOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    // It has ended since the folder was read.
    return [];
  }
}
