/**
 * Access keys. In this version every key may manage keys, workers and event targets, root and user alike: policies are
 * yet to come. Keys of kind `internal` sign links to objects; the authenticator refuses them here, and they are never shown.
 */
import { randomBytes } from 'node:crypto';
import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { type Change, insert } from '../../domain/change.ts';
import type { AccessKey } from '../../domain/rows.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 20 upper-case letters and digits, in the form of AWS's ids. */
export const newAccessKeyId = (): string =>
  `AKIAHP${Array.from(randomBytes(14), (byte) => letters[byte & 31]).join('')}`;

/** 40 characters, 240 random bits. */
export const newSecretAccessKey = (): string => randomBytes(30).toString('base64url');

export const addAccessKey = (
  context: OperationContext,
  key: Pick<AccessKey, 'accessKeyId' | 'secretAccessKey' | 'description' | 'owner'>,
): Change => insert('accessKeys', { ...key, kind: 'user', createdAt: context.now });

/**
 * Whose the key is.
 *
 * @throws ApiError ResourceNotFound when no worker has the address
 */
export async function ownerOf(
  { store }: OperationContext,
  email: string | undefined,
): Promise<Pick<AccessKey, 'owner'>> {
  if (email === undefined) return {};
  const worker = await store.workerByEmail(email.toLowerCase());
  if (!worker) throw new ApiError('ResourceNotFound', `There is no worker ${email}.`);
  return { owner: worker.email };
}
