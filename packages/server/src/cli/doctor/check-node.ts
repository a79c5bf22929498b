import { type Check, ok } from './check.ts';

/** An old Node never gets here: it cannot start the command. */
export const checkNode = (): Check =>
  ok('Node', `Node ${process.versions.node} on ${process.platform} ${process.arch} is new enough.`);
