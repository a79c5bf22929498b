import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The log: one JSON object a line on standard error, or readable lines for a terminal.
 * Callers pass names, ids, counts and codes only; never input content, answers, secrets, cookies, links or signatures.
 */
export function createLog(level: string, destination: { write(line: string): void } = process.stderr): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
