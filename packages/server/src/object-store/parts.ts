/** What every engine asks of the parts of a multipart upload. */
import { ApiError } from '@holdpoint/protocol';
import type { PartInfo, PutOptions } from './object-store.ts';

/** The least size of every part but the last (Amazon S3 user guide, "Multipart upload limits"). */
const minPartBytes = 5 * 1024 * 1024;

/** What was said when an upload was created, as it is kept until the upload is complete. */
export interface KeptUpload {
  readonly key: string;
  readonly startedAt: number;
  readonly options: PutOptions;
}

export function keptUpload(key: string, options: PutOptions, startedAt: number): KeptUpload {
  const { contentType, headers, metadata, checksumPlan } = options;
  return {
    key,
    startedAt,
    options: {
      ...(contentType !== undefined && { contentType }),
      ...(headers && { headers }),
      ...(metadata && { metadata }),
      ...(checksumPlan !== undefined && { checksumPlan }),
    },
  };
}

/** @throws ApiError InvalidArgument */
export function checkPartNumber(partNumber: number): void {
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= 10_000) return;
  throw new ApiError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
}

/** The parts that a caller wants an object of. @throws ApiError InvalidPartOrder, InvalidPart, EntityTooSmall */
export function chooseParts<Part extends Pick<PartInfo, 'partNumber' | 'etag' | 'size'>>(
  present: readonly Part[],
  wanted: readonly { partNumber: number; etag: string }[],
): Part[] {
  const byNumber = new Map(present.map((part) => [part.partNumber, part]));
  const chosen = wanted.map(({ partNumber, etag }, index) => {
    const before = wanted[index - 1];
    if (before && before.partNumber >= partNumber) {
      throw new ApiError('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const part = byNumber.get(partNumber);
    if (!part || part.etag !== etag) throw invalidPart();
    return part;
  });
  if (chosen.some((part, index) => index < chosen.length - 1 && part.size < minPartBytes)) {
    throw new ApiError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return chosen;
}

export function invalidPart(): ApiError {
  return new ApiError(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );
}

export function noSuchUpload(): ApiError {
  return new ApiError(
    'NoSuchUpload',
    'The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );
}
