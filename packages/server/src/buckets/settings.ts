import type { Clock } from '../clock.ts';
import type { Caller, Exchange } from '../context.ts';
import type { Log } from '../log.ts';
import type { ObjectStore } from '../object-store/object-store.ts';

/** An object that has just become visible. */
export interface ObjectCreated {
  readonly bucket: string;
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly eventName: 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload';
  /** Hexadecimal; grows with every write. */
  readonly sequencer: string;
  readonly requestId: string;
  readonly sourceIpAddress: string;
}

/** A bucket that was just made, removed or set up anew. */
export interface BucketChanged {
  readonly bucket: string;
  readonly action: 'CreateBucket' | 'DeleteBucket' | 'PutBucketCors' | 'DeleteBucketCors';
  readonly caller: Caller;
  readonly requestId: string;
  readonly clientAddress: string;
}

/** A request whose signature has been verified, as far as that is possible before its body is read. */
export interface SignedRequest {
  readonly caller: Caller;
  readonly region: string;
  readonly form: 'header' | 'query' | 'query-v2';
  readonly payload:
    | { readonly kind: 'hash' }
    | { readonly kind: 'unsigned' }
    | { readonly kind: 'streaming'; readonly signed: boolean; readonly trailer: boolean };
  /** Throws when the body is not the one that was signed. */
  verifyPayload(sha256Hex: string): void;
  /** For a streaming body whose chunks are signed. */
  readonly chunks:
    | {
        verifyChunk(sha256Hex: string, signature: string): void;
        verifyTrailer(sha256Hex: string, signature: string): void;
      }
    | undefined;
}

export interface BucketsSettings {
  readonly objectStore: ObjectStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The region in which all buckets lie. */
  readonly region: string;
  readonly accountId: string;
  /** Verifies the signature of an S3 request; throws an ApiError with S3's error code as its name. */
  readonly authenticate: (exchange: Exchange) => Promise<SignedRequest>;
  /**
   * A request begins; the returned function ends it. Undefined when too many are under way.
   *
   * @param comesFirst whether it is taken on also beyond the limit
   */
  readonly enter: (comesFirst: boolean) => (() => void) | undefined;
  /** Awaited before the writer is answered; a failure fails the request, so that the writer tries again. */
  readonly onObjectCreated: (created: ObjectCreated) => Promise<void>;
  /** Likewise, of buckets themselves. */
  readonly onBucketChanged: (changed: BucketChanged) => Promise<void>;
}
