import type { ServerOptions } from './connect.ts';

/** A command to go on with, as it can be typed: it reaches the same server. */
export function nextCommand(command: string, { data, endpointUrl, profile, region }: ServerOptions): string {
  const given = [
    ['--data', data],
    ['--endpoint-url', endpointUrl],
    ['--profile', profile],
    ['--region', region],
  ] as const;
  const options = given.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${quoted(value)}`]));
  return ['holdpoint', command, ...options].join(' ');
}

/** As a shell takes it for one word. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
