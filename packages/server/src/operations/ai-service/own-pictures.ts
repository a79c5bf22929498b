import { ApiError, bucketNameProblem, isApiError, isRecord } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import { type AiService, aiServices } from '../../domain/ai-services.ts';

type JsonObject = Readonly<Record<string, unknown>>;

interface ReadPicture {
  readonly bytes: Buffer;
  release(): void;
}

export interface OwnPictures {
  /** The very one that was given where nothing in it is ours. */
  readonly request: JsonObject;
  /** Those that were read, by member; they have to be released. */
  readonly pictures: ReadonlyMap<string, ReadPicture>;
}

export function releaseAll(pictures: OwnPictures['pictures']): void {
  for (const picture of pictures.values()) picture.release();
}

/**
 * A request whose pictures in buckets of this server stand in it as bytes, since the service cannot read them there. Objects
 * in other buckets are the service's to find.
 *
 * @throws ApiError in the service's words: there is no such object, or it is larger than what the service takes as bytes.
 */
export async function withOwnPictures(
  context: OperationContext,
  service: AiService,
  request: JsonObject,
): Promise<OwnPictures> {
  const pictures = new Map<string, ReadPicture>();
  const replaced: Record<string, unknown> = {};
  const asBytes = async (name: string, value: unknown): Promise<unknown> => {
    const picture = await readOwn(context, service, value);
    if (!picture) return value;
    pictures.set(name, picture);
    const { S3Object: _object, ...rest } = value as JsonObject;
    return { ...rest, Bytes: picture.bytes.toString('base64') };
  };
  try {
    for (const name of aiServices[service].pictureMembers) {
      const value = request[name];
      if (Array.isArray(value)) {
        const pages: unknown[] = [];
        for (const [index, each] of value.entries()) pages.push(await asBytes(`${name}[${index}]`, each));
        replaced[name] = pages;
      } else if (value !== undefined) replaced[name] = await asBytes(name, value);
    }
  } catch (error) {
    releaseAll(pictures);
    throw error;
  }
  return { request: pictures.size === 0 ? request : { ...request, ...replaced }, pictures };
}

async function readOwn(
  { pictures }: OperationContext,
  service: AiService,
  value: unknown,
): Promise<ReadPicture | undefined> {
  const object = isRecord(value) && !Object.hasOwn(value, 'Bytes') ? value.S3Object : undefined;
  if (!isRecord(object)) return undefined;
  const { Bucket: bucket, Name: key } = object;
  if (typeof bucket !== 'string' || typeof key !== 'string' || key === '') return undefined;
  if (!(await isOwnBucket(pictures, bucket))) return undefined;
  const { name, mostBytes, tooLarge } = aiServices[service];
  const place = `s3://${bucket}/${key}`;
  if (typeof object.Version === 'string' && object.Version !== 'null')
    throw new ApiError(
      'InvalidS3ObjectException',
      `Buckets of this server keep no versions: leave Version out for ${place}.`,
    );
  const found = await pictures.read(bucket, key, mostBytes).catch((error: unknown) => {
    // A key that no object can have.
    if (isApiError(error, 'InvalidKey')) return undefined;
    throw error;
  });
  if (!found)
    throw new ApiError('InvalidS3ObjectException', `There is no object ${place} in the buckets of this server.`);
  if ('size' in found)
    throw new ApiError(
      tooLarge,
      `${place} has ${found.size} bytes. Objects in buckets of this server are passed on as bytes, and ${name} takes ${mostBytes} of them at most.`,
    );
  return found;
}

const isOwnBucket = async (pictures: OperationContext['pictures'], bucket: string): Promise<boolean> =>
  bucketNameProblem(bucket) === undefined && (await pictures.hasBucket(bucket));
