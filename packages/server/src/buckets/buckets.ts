/** The built-in S3 endpoint, path style: verifies the signature, finds the operation, answers in S3's XML. */
import { finished, Readable } from 'node:stream';
import { ApiError } from '@holdpoint/protocol';
import type { Exchange, Handler, Reply } from '../context.ts';
import {
  accessControlList,
  createBucket,
  deleteBucket,
  deleteBucketCors,
  getBucketSetting,
  headBucket,
  listBuckets,
  putBucketCors,
} from './bucket-operations.ts';
import { corsHeaders, isPreflight, preflightReply } from './cors.ts';
import { errorReply, notImplemented } from './errors.ts';
import { listMultipartUploads, listObjectsV1, listObjectsV2, listObjectVersions } from './list-objects.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
  uploadPartCopy,
} from './multipart.ts';
import { getObject, getObjectAttributes, getObjectTagging, headObject, presentObject } from './read-object.ts';
import { type BucketRequest, bucketRequest } from './request.ts';
import type { BucketsSettings } from './settings.ts';
import { copyObject, deleteObject, deleteObjects, putObject } from './write-object.ts';

/** Objects are other people's files: opened as a page they may run nothing in this server's name. */
const safetyHeaders = {
  'content-security-policy': 'sandbox',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** Query parameters that make another operation of a request; what is none of ours is refused, never taken for a plain read. */
const subResources = [
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploads',
  'uploadId',
  'versioning',
  'versions',
  'website',
] as const;

/** Serves requests that are signed for `s3`, and CORS preflights to buckets. Never throws: failures are S3's XML errors. */
export function createBuckets(settings: BucketsSettings): Handler {
  return async (exchange) => {
    const reply = isPreflight(exchange) ? preflightReply(exchange) : await answer(settings, exchange);
    return {
      ...reply,
      headers: {
        ...safetyHeaders,
        ...corsHeaders,
        'x-amz-request-id': exchange.requestId,
        'x-amz-id-2': exchange.requestId,
        ...reply.headers,
      },
    };
  };
}

async function answer(settings: BucketsSettings, exchange: Exchange): Promise<Reply> {
  // What a write brings is lost to a caller that gives up.
  const leave = settings.enter(exchange.method === 'PUT' || exchange.method === 'POST');
  const reply = await perform(settings, exchange, leave !== undefined);
  if (leave && reply.body instanceof Readable) finished(reply.body, leave);
  else leave?.();
  return reply;
}

async function perform(settings: BucketsSettings, exchange: Exchange, isTaken: boolean): Promise<Reply> {
  try {
    if (!isTaken) throw new ApiError('SlowDown', 'Too many requests are under way. Please reduce your request rate.');
    const signed = await settings.authenticate(exchange);
    const request = bucketRequest(settings, exchange, signed);
    const reply = await operationOf(request);
    if (request.bucket === '') return reply;
    return { ...reply, headers: { 'x-amz-bucket-region': settings.region, ...reply.headers } };
  } catch (error) {
    const reply = errorReply(exchange, error, settings.log);
    return { ...reply, headers: { 'x-amz-bucket-region': settings.region, ...reply.headers } };
  }
}

function operationOf(request: BucketRequest): Promise<Reply> | Reply {
  const { bucket, key, query, exchange } = request;
  const parameter = subResources.find((name) => query.has(name)) ?? '';
  if (bucket === '') {
    if (exchange.method === 'GET') return listBuckets(request);
    throw methodNotAllowed();
  }
  return key === ''
    ? bucketOperation(request, exchange.method, parameter)
    : objectOperation(request, exchange.method, parameter);
}

function bucketOperation(request: BucketRequest, method: string, parameter: string): Promise<Reply> {
  switch (`${method} ${parameter}`) {
    case 'GET ':
      return request.query.get('list-type') === '2' ? listObjectsV2(request) : listObjectsV1(request);
    case 'GET uploads':
      return listMultipartUploads(request);
    case 'GET versions':
      return listObjectVersions(request);
    case 'HEAD ':
      return headBucket(request);
    case 'PUT ':
      return createBucket(request);
    case 'PUT cors':
      return putBucketCors(request);
    case 'DELETE ':
      return deleteBucket(request);
    case 'DELETE cors':
      return deleteBucketCors(request);
    case 'POST delete':
      return deleteObjects(request);
    default:
      if (method === 'GET') return getBucketSetting(request, parameter);
      throw parameter === '' && method !== 'POST' ? methodNotAllowed() : notImplemented(parameter || 'form uploads');
  }
}

async function objectOperation(request: BucketRequest, method: string, parameter: string): Promise<Reply> {
  const copies = request.header('x-amz-copy-source') !== undefined;
  switch (`${method} ${parameter}`) {
    case 'GET ':
      return getObject(request);
    case 'GET acl':
      await presentObject(request);
      return accessControlList(request);
    case 'GET attributes':
      return getObjectAttributes(request);
    case 'GET tagging':
      return getObjectTagging(request);
    case 'GET uploadId':
      return listParts(request);
    case 'HEAD ':
      return headObject(request);
    case 'PUT ':
      return copies ? copyObject(request) : putObject(request);
    case 'PUT uploadId':
      return copies ? uploadPartCopy(request) : uploadPart(request);
    case 'POST uploads':
      return createMultipartUpload(request);
    case 'POST uploadId':
      return completeMultipartUpload(request);
    case 'DELETE ':
      return deleteObject(request);
    case 'DELETE uploadId':
      return abortMultipartUpload(request);
    default:
      throw parameter === '' ? methodNotAllowed() : notImplemented(parameter);
  }
}

function methodNotAllowed(): ApiError {
  return new ApiError('MethodNotAllowed', 'The specified method is not allowed against this resource.');
}
