import { createHash } from 'node:crypto';
import type { BucketsSettings } from './settings.ts';
import type { XmlElement } from './xml.ts';

/** The owner of every bucket and object: the account, under a canonical id of 64 hexadecimal digits. */
export function owner(settings: Pick<BucketsSettings, 'accountId'>): readonly XmlElement[] {
  const id = createHash('sha256').update(`account ${settings.accountId}`).digest('hex');
  return [
    ['ID', id],
    ['DisplayName', settings.accountId],
  ];
}
