import { parseArn } from '@holdpoint/protocol';
import type { Installation } from '../context.ts';

/** The name in an ARN of the given type that belongs to this installation; undefined for any other ARN. */
export function nameInArn(installation: Installation, arn: string, type: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'sagemaker' || parsed.resourceType !== type) return undefined;
  if (parsed.region !== installation.region || parsed.accountId !== installation.accountId) return undefined;
  if (type !== 'workteam') return parsed.resourceName;
  return parsed.resourceName.startsWith('private-crowd/')
    ? parsed.resourceName.slice('private-crowd/'.length)
    : undefined;
}
