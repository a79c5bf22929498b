/** Operations on buckets themselves: create, find, delete, and the settings that clients ask for. */
import { ApiError, bucketNameProblem } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { readDocument } from './body.ts';
import { noSuchBucket, notImplemented } from './errors.ts';
import { owner } from './owner.ts';
import { xmlReply } from './read-object.ts';
import type { BucketRequest } from './request.ts';
import type { BucketChanged } from './settings.ts';
import { parseXml, s3Namespace, type XmlContent, type XmlElement, xmlDocument } from './xml.ts';

export async function listBuckets(request: BucketRequest): Promise<Reply> {
  const { settings, query } = request;
  const prefix = query.get('prefix') ?? '';
  const all = (await settings.objectStore.buckets()).filter((bucket) => bucket.name.startsWith(prefix));
  const buckets = all.map(
    (bucket): XmlElement => [
      'Bucket',
      [
        ['Name', bucket.name],
        ['CreationDate', new Date(bucket.createdAt).toISOString()],
      ],
    ],
  );
  const content: XmlElement[] = [
    ['Owner', owner(settings)],
    ['Buckets', buckets],
    ['Prefix', prefix === '' ? undefined : prefix],
  ];
  return xmlReply(xmlDocument('ListAllMyBucketsResult', content, s3Namespace));
}

export async function createBucket(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, signed } = request;
  const problem = bucketNameProblem(bucket);
  if (problem !== undefined) throw new ApiError('InvalidBucketName', problem);
  const document = await readDocument(request);
  if (document !== '') parseXml(document, 'CreateBucketConfiguration');
  const { created } = await settings.objectStore.createBucket(bucket, request.now);
  // In the oldest region S3 lets an owner create a bucket again; programs rely on it.
  if (!created && signed.region !== 'us-east-1') {
    throw new ApiError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
    );
  }
  if (created) await tell(request, 'CreateBucket');
  return { status: 200, headers: { location: `/${bucket}` } };
}

export async function headBucket(request: BucketRequest): Promise<Reply> {
  await requireBucket(request);
  return { status: 200, headers: { 'x-amz-access-point-alias': 'false' } };
}

export async function deleteBucket(request: BucketRequest): Promise<Reply> {
  await requireBucket(request);
  await request.settings.objectStore.deleteBucket(request.bucket);
  await tell(request, 'DeleteBucket');
  return { status: 204, headers: {} };
}

/** Settings that no bucket here has: what S3 answers for a bucket without them. */
const absent: { readonly [parameter: string]: readonly [code: string, message: string] } = {
  policy: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  policyStatus: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  lifecycle: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  website: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
  tagging: ['NoSuchTagSet', 'The TagSet does not exist'],
  encryption: [
    'ServerSideEncryptionConfigurationNotFoundError',
    'The server side encryption configuration was not found',
  ],
  replication: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
  'object-lock': ['ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'],
  publicAccessBlock: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
  ownershipControls: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
};

/** Settings that every bucket here has in their simplest form. */
const plain: { readonly [parameter: string]: readonly [root: string, content: XmlContent] } = {
  versioning: ['VersioningConfiguration', []],
  logging: ['BucketLoggingStatus', []],
  accelerate: ['AccelerateConfiguration', []],
  notification: ['NotificationConfiguration', []],
  requestPayment: ['RequestPaymentConfiguration', [['Payer', 'BucketOwner']]],
};

/** Answers `GET /bucket?<parameter>` for the parameters of the two tables, and for location, acl and cors. */
export async function getBucketSetting(request: BucketRequest, parameter: string): Promise<Reply> {
  await requireBucket(request);
  const { settings, bucket } = request;
  if (parameter === 'location') {
    const region = settings.region === 'us-east-1' ? '' : settings.region;
    return xmlReply(xmlDocument('LocationConstraint', region, s3Namespace));
  }
  if (parameter === 'acl') return accessControlList(request);
  if (parameter === 'cors') {
    const document = await settings.objectStore.bucketDocument(bucket, 'cors');
    if (document !== undefined) return xmlReply(document);
    throw new ApiError('NoSuchCORSConfiguration', 'The CORS configuration does not exist');
  }
  const simple = Object.hasOwn(plain, parameter) ? plain[parameter] : undefined;
  if (simple) return xmlReply(xmlDocument(simple[0], simple[1], s3Namespace));
  const missing = Object.hasOwn(absent, parameter) ? absent[parameter] : undefined;
  if (missing) throw new ApiError(...missing);
  throw notImplemented(parameter);
}

/** Keeps the document and gives it back; every browser origin may read in any case, as signatures alone decide. */
export async function putBucketCors(request: BucketRequest): Promise<Reply> {
  await requireBucket(request);
  const document = await readDocument(request);
  parseXml(document, 'CORSConfiguration');
  await request.settings.objectStore.setBucketDocument(request.bucket, 'cors', document);
  await tell(request, 'PutBucketCors');
  return { status: 200, headers: {} };
}

export async function deleteBucketCors(request: BucketRequest): Promise<Reply> {
  await requireBucket(request);
  await request.settings.objectStore.setBucketDocument(request.bucket, 'cors', undefined);
  await tell(request, 'DeleteBucketCors');
  return { status: 204, headers: {} };
}

/** The account owns everything; there are no other grants. */
export function accessControlList({ settings }: Pick<BucketRequest, 'settings'>): Reply {
  const [id, name] = owner(settings);
  const content = `<Owner>${element(id)}${element(name)}</Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${element(id)}${element(name)}</Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList>`;
  return xmlReply(
    `<?xml version="1.0" encoding="UTF-8"?>\n<AccessControlPolicy xmlns="${s3Namespace}">${content}</AccessControlPolicy>`,
  );
}

/** The owner's members are digits only, so nothing needs escaping. */
function element(member: XmlElement | undefined): string {
  return member ? `<${member[0]}>${String(member[1])}</${member[0]}>` : '';
}

async function tell(
  { settings, bucket, signed: { caller }, exchange: { requestId, clientAddress } }: BucketRequest,
  action: BucketChanged['action'],
): Promise<void> {
  await settings.onBucketChanged({ bucket, action, caller, requestId, clientAddress });
}

async function requireBucket({ settings, bucket }: BucketRequest): Promise<void> {
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
}
