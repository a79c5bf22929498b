import { ApiError, isRecord } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { ManagedTask } from '../../domain/ai-services.ts';
import { invalid } from './human-loop-config.ts';
import type { OwnPictures } from './own-pictures.ts';

/** The picture of a call, as reviewers will see it. */
export interface ShownPicture {
  readonly bytes: Buffer;
  /** Where it lies in the buckets of this server, or will. */
  readonly place: { readonly bucket: string; readonly key: string };
  /** Whether it came as bytes, and has to be kept before a loop starts. */
  readonly isToKeep: boolean;
}

/**
 * Reviewers see the picture through this server, so it has to be in one of its buckets; what came as bytes is kept in one. AWS
 * does not say what it does with bytes, and its templates show objects only: a loop whose reviewers see nothing helps nobody.
 *
 * @throws ApiError when they could not see it: it lies elsewhere, or browsers do not show its format.
 */
export function shownPicture(
  context: OperationContext,
  task: ManagedTask,
  given: Readonly<Record<string, unknown>>,
  { pictures }: OwnPictures,
): ShownPicture {
  const member = given[task.picture];
  const { Bytes: base64, S3Object: object } = isRecord(member) ? member : {};
  const read = pictures.get(task.picture);
  if (!read && typeof base64 !== 'string') {
    if (isRecord(object) && typeof object.Bucket === 'string')
      throw new ApiError(
        'InvalidS3ObjectException',
        `The bucket ${object.Bucket} is none of this server's, so reviewers could not see s3://${object.Bucket}/${object.Name}. Put the object into a bucket of this server, or send Bytes.`,
      );
    throw invalid(`${task.picture} must have Bytes, or an S3Object in a bucket of this server.`);
  }
  const bytes = read?.bytes ?? Buffer.from(base64 as string, 'base64');
  const format = unseen.find(({ begins }) => bytes.subarray(0, 8).toString('latin1').startsWith(begins));
  if (format && task.service === 'textract')
    throw new ApiError(
      'UnsupportedDocumentException',
      `The document is a ${format.name}: reviewers' browsers show PNG and JPEG. Send its page as one of these, or leave HumanLoopConfig out.`,
    );
  if (!read) return { bytes, place: context.pictures.placeOf(bytes), isToKeep: true };
  const { Bucket: bucket, Name: key } = object as { readonly Bucket: string; readonly Name: string };
  return { bytes, place: { bucket, key }, isToKeep: false };
}

/** What Textract reads and browsers do not show in an image. */
const unseen = [
  { begins: '%PDF', name: 'PDF' },
  { begins: 'II*\0', name: 'TIFF' },
  { begins: 'MM\0*', name: 'TIFF' },
] as const;
