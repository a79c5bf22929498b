export {
  ApiError,
  isApiError,
  type OperationInput,
  type OperationName,
  type OperationOutput,
} from '@holdpoint/protocol';
export { type Client, type ClientOptions, createClient } from './client.ts';
export { UnreachableError } from './unreachable-error.ts';
