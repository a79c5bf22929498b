import { partitionOf } from '@holdpoint/protocol';
import type { AiService } from '../domain/ai-services.ts';

/** The address of a service: that of a setting, or AWS's own of a region for `aws`; undefined where the setting is empty. */
export function upstreamPlace(service: AiService, setting: string, region: string): URL | undefined {
  if (setting === '') return undefined;
  if (setting !== 'aws') return new URL(setting);
  const domain = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${service}.${region}.${domain}`);
}
