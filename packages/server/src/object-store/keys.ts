/** Which keys and names of buckets there are, whatever keeps them. */
import { ApiError } from '@holdpoint/protocol';

export const maxKeyBytes = 1024;
export const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** @throws ApiError InvalidKey or KeyTooLongError */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > maxKeyBytes) throw keyTooLong();
  if (!isKey(key)) throw invalidKey();
}

export function isKey(key: string): boolean {
  return key !== '' && key.isWellFormed() && Buffer.byteLength(key) <= maxKeyBytes;
}

export function invalidKey(): ApiError {
  return new ApiError(
    'InvalidKey',
    'This key cannot be kept: it is empty, too long for what keeps it, or no text that it takes.',
  );
}

export const keyTooLong = (): ApiError => new ApiError('KeyTooLongError', 'Your key is too long');
