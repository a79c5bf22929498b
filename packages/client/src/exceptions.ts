/** Which class an answered error is of. */
import type { ApiError } from '@holdpoint/protocol';
import {
  ConflictException,
  InternalServerException,
  ResourceInUse,
  ResourceLimitExceeded,
  ResourceNotFound,
  ResourceNotFoundException,
  type ResponseMetadata,
  ServiceError,
  ServiceQuotaExceededException,
  ThrottlingException,
  ValidationException,
} from './errors.ts';

/** The errors that the runtime's model names, by their code on the wire. */
export const runtimeExceptions = {
  ValidationException,
  ResourceNotFoundException,
  ConflictException,
  ThrottlingException,
  ServiceQuotaExceededException,
  InternalServerException,
} as const;

/** Those of the control plane, and of our own operations. */
export const controlExceptions = { ConflictException, ResourceInUse, ResourceLimitExceeded, ResourceNotFound } as const;

const byCode: Readonly<Record<string, typeof ServiceError>> = { ...runtimeExceptions, ...controlExceptions };

/** An answered error as an object of its class. */
export function serviceError(operationName: string, error: ApiError, metadata: ResponseMetadata): ServiceError {
  const Class = Object.hasOwn(byCode, error.name) ? byCode[error.name]! : ServiceError;
  return new Class(operationName, error, metadata);
}
