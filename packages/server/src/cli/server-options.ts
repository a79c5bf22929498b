/** Which server is meant. */
export interface ServerOptions {
  readonly data?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}
