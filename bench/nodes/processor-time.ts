/** Who uses the processor, from /proc: figures are seconds since the process began. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of /proc, the same on all Linux machines. */
const ticks = 100;

function stat(pid: number | 'self'): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces; what follows it has none.
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** User and system time of a process; of those that it has waited for as well, where asked. */
export function processorSeconds(pid: number | 'self', withEnded = false): number {
  const fields = stat(pid);
  const places = withEnded ? [11, 12, 13, 14] : [11, 12];
  return fields ? places.reduce((sum, place) => sum + Number(fields[place]), 0) / ticks : 0;
}

/** Of a process and all its children, as PostgreSQL has one for each connection. */
export function familySeconds(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => Number(stat(each)?.[1]) === pid);
  return processorSeconds(pid, true) + children.reduce((sum, each) => sum + processorSeconds(each), 0);
}

/** Of the whole machine: what all processes used, and what there was. */
export function machineSeconds(): { busy: number; all: number } {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]!.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = fields.reduce((sum, value) => sum + value, 0) / ticks;
  return { all, busy: all - (fields[3]! + fields[4]!) / ticks };
}
