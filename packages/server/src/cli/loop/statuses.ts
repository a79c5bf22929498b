/** The statuses of human loops, as options name them. */
import { operations } from '@holdpoint/protocol';
import { UsageError } from '../usage-error.ts';

const { enum: all } = operations.DescribeHumanLoop.output.members.HumanLoopStatus;

export type Status = (typeof all)[number];

export const isFinished = (status: Status | undefined): boolean =>
  status === 'Completed' || status === 'Failed' || status === 'Stopped';

/** The statuses that `--status` options name, in any case. @throws UsageError for other words */
export function parseStatuses(given: readonly string[] | undefined): ReadonlySet<Status> | undefined {
  return given === undefined ? undefined : new Set(given.map(parseStatus));
}

function parseStatus(text: string): Status {
  const status = all.find((one) => one.toLowerCase() === text.toLowerCase());
  if (status !== undefined) return status;
  throw new UsageError(`--status takes one of ${all.join(', ')}, not '${text}'.`);
}
