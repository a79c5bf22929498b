// The public face of the wire contract.
export * from './arn.ts';
export * from './bucket-name.ts';
export {
  contentTypes,
  decodeApiError,
  encodeApiError,
  type HeaderSource,
  type HttpAnswer,
} from './codecs/api-error.ts';
export { fromBase64, toBase64 } from './codecs/base64.ts';
export {
  decodeJson11Request,
  decodeJson11Response,
  encodeJson11Request,
  encodeJson11Response,
} from './codecs/json-1-1.ts';
export { isRecord } from './codecs/json-value.ts';
export {
  decodeRestJsonRequest,
  decodeRestJsonResponse,
  encodeRestJsonRequest,
  encodeRestJsonResponse,
} from './codecs/rest-json.ts';
export { decodeTimestamp, parseDateTime } from './codecs/timestamp.ts';
export * from './draft.ts';
export * from './errors.ts';
export * from './event.ts';
export * from './extension-tags.ts';
export { type ManagedSource, managedHumanTaskUiArn, managedSourceOf } from './managed-human-task-ui.ts';
export { type ModelDeviation, modelDeviations } from './model-deviations.ts';
export { humanLoopOperations } from './operations/human-loop.ts';
export * from './operations/index.ts';
export type { Operation, Paginator } from './operations/operation.ts';
export * from './output.ts';
export * from './portal.ts';
export * from './portal-sign-in.ts';
export { instanceHeader, probeFolder } from './server-marks.ts';
export * from './shape.ts';
export { type CanonicalOptions, canonicalRequest, type SignableRequest } from './sigv4/canonical-request.ts';
export type { Hashing } from './sigv4/hashing.ts';
export {
  type ParsedPresignedQuery,
  type ParsedSignature,
  parseAuthorization,
  parsePresignedQuery,
  scopeOf,
  scopeProblems,
} from './sigv4/parse-signature.ts';
export {
  type Credentials,
  type PresignOptions,
  preparePresignedUrl,
  prepareSignature,
  presignUrl,
  type SigningOptions,
  signRequest,
  type UnsignedRequest,
} from './sigv4/sign-request.ts';
export { signingKey } from './sigv4/signing-key.ts';
export {
  chunkStringToSign,
  emptyHash,
  formatAmzDate,
  formatScope,
  hashable,
  parseAmzDate,
  requestSignature,
  type Scope,
  stringToSign,
  toHex,
  trailerStringToSign,
} from './sigv4/string-to-sign.ts';
export { stringToSignV2 } from './sigv4/string-to-sign-v2.ts';
export { uriEncode } from './sigv4/uri.ts';
export { validate, validationMessage } from './validate.ts';
