// The public face of the client.
export type {
  Credentials,
  HumanAnswer,
  OperationInput,
  OperationName,
  OperationOutput,
  Output,
} from '@holdpoint/protocol';
export { type A2IRuntimeClient, createA2IRuntimeClient } from './a2i-runtime.ts';
export type { CallOptions } from './caller.ts';
export { type Client, createClient, type ToolClientOptions } from './client.ts';
export type { CredentialsProvider, ProvidedCredentials } from './credentials.ts';
export type { ServiceName } from './endpoint.ts';
export * from './errors.ts';
export { createFetchTransport, type FetchTransportOptions } from './fetch-transport.ts';
export type { Input, Method, Result } from './method-types.ts';
export type { Pages, PaginationConfig, Paginator } from './paginator.ts';
export type { PresignedUrlOptions } from './presign.ts';
export type { ClientMeta, CommonMethods, ServiceClient } from './service-client.ts';
export type { A2IRuntimeMethods, HoldpointMethods, SageMakerMethods } from './service-methods.ts';
export { type ClientOf, createHoldpointClient, createSageMakerClient, Session } from './session.ts';
export type { ClientOptions } from './settings.ts';
export type { HttpRequest, HttpResponse, Transport, TransportLimits } from './transport.ts';
export type { Waiter, WaiterName, WaitOptions } from './waiter.ts';
