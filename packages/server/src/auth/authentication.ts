/** What a verified signature says, and what is needed to verify one. */
import type { Caller } from '../context.ts';
import type { AccessKey } from '../domain/rows.ts';
import type { AccessKeys } from './access-keys.ts';
import type { ChunkSignatures } from './chunk-signatures.ts';
import type { DeclaredPayload } from './payload.ts';
import type { ReceivedRequest } from './received-request.ts';

export type SignedService = 'sagemaker' | 's3' | 'sts' | 'textract' | 'rekognition';

export interface AuthenticationSettings {
  readonly accessKeys: AccessKeys;
  /** The region that `sagemaker` requests must be signed for; other services accept any. */
  readonly region: string;
  readonly accountId: string;
  /** How far a client's clock may be off, in milliseconds. Default 15 minutes. */
  readonly skewMs?: number;
}

export interface Authentication {
  readonly caller: Caller;
  readonly service: SignedService;
  readonly region: string;
  readonly form: 'header' | 'query' | 'query-v2';
  /** What the signature says about the body. */
  readonly payload: DeclaredPayload;
  /** Refuses a body whose SHA-256 (hex) is not the declared one; to be called when the body has been read, before it counts. */
  verifyPayload(sha256Hex: string): void;
  /** Checks the chunks of a `STREAMING-AWS4-HMAC-SHA256-…` body. */
  readonly chunks: ChunkSignatures | undefined;
}

/** A request whose signature is not yet compared. */
export interface PendingAuthentication {
  readonly service: SignedService;
  readonly payload: DeclaredPayload;
  /**
   * Compares the signature. `bodySha256Hex` is needed unless `payload.canonical` is defined (S3, or a client that sent
   * `x-amz-content-sha256`); when it is given, it is compared with the declared hash too.
   * @throws ApiError in the words of the service
   */
  finish(bodySha256Hex?: string): Authentication;
}

export interface Authenticator {
  /** @throws ApiError in the words of the service */
  begin(exchange: ReceivedRequest, service: SignedService): Promise<PendingAuthentication>;
}

/** The caller that a key stands for: the account itself for the root key, else a user of the key's name. */
export function callerOf(key: AccessKey, accountId: string): Caller {
  const name = key.kind === 'root' ? 'root' : `user/${key.accessKeyId}`;
  return {
    accessKeyId: key.accessKeyId,
    kind: key.kind,
    arn: `arn:aws:iam::${accountId}:${name}`,
    description: key.description,
    ...(key.owner && { owner: key.owner }),
  };
}
