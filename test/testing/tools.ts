// Programs that whole-product tests drive and a machine may lack.
import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

export const pythonPath = process.env.HOLDPOINT_TEST_PYTHON ?? 'python3';
export const chromiumPath = process.env.HOLDPOINT_TEST_CHROMIUM || '/usr/bin/chromium';

const runs = (command: string, ...args: string[]): boolean =>
  command !== '' && spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const tools = {
  'Python with boto3': { found: () => runs(pythonPath, '-c', 'import boto3'), required: true },
  Chromium: { found: () => runs(chromiumPath, '--version'), required: true },
  moto: { found: () => runs(pythonPath, '-c', 'import boto3, moto.server'), required: false },
  'aws CLI with sagemaker-a2i-runtime': {
    found: () => runs('aws', 'sagemaker-a2i-runtime', 'list-human-loops', '--generate-cli-skeleton'),
    required: false,
  },
} as const;

export type Tool = keyof typeof tools;

/**
 * `describe` where this machine has the tools. Elsewhere the tests are skipped and it is said why; with `CI=true` a
 * tool that the build installs must not be missing.
 */
export function describeWith(...wanted: Tool[]): typeof describe | typeof describe.skip {
  const missing = wanted.filter((name) => !tools[name].found());
  if (missing.length === 0) return describe;
  const sentence = `This machine has no ${missing.join(' and no ')}.`;
  if (process.env.CI === 'true' && missing.some((name) => tools[name].required)) throw new Error(sentence);
  process.stderr.write(`\nSKIPPED: ${sentence}\n`);
  return describe.skip;
}
