import type { ServerOptions } from './server-options.ts';

/** A command to go on with, as it can be typed: it reaches the same server. */
export function nextCommand(command: string, { data, endpointUrl, profile, region }: ServerOptions): string {
  const given = [
    ['--data', data],
    ['--endpoint-url', endpointUrl],
    ['--profile', profile],
    ['--region', region],
  ] as const;
  const options = given.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${quoted(value)}`]));
  return [calledAs(), command, ...options].join(' ');
}

/** How this program was called: the launcher of a checkout says it, npx and npm's folder of programs leave traces. */
function calledAs(): string {
  const { HOLDPOINT_COMMAND, npm_lifecycle_event, npm_lifecycle_script = '' } = process.env;
  if (HOLDPOINT_COMMAND) return HOLDPOINT_COMMAND;
  const byNpx = npm_lifecycle_event === 'npx' && /^"?holdpoint\b/.test(npm_lifecycle_script);
  const isLocal = /[\\/]node_modules[\\/]\.bin[\\/]holdpoint$/.test(process.argv[1] ?? '');
  return byNpx || isLocal ? 'npx holdpoint' : 'holdpoint';
}

/** As a shell takes it for one word. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
