/** How requests travel: what the rest of the package expects of the runtime's HTTP. */

export interface HttpRequest {
  /** In capital letters. */
  readonly method: string;
  /** Absolute; path and query exactly as they were signed. */
  readonly url: string;
  /** As they were signed; none may be changed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when there is none. */
  readonly body: string;
}

export interface HttpResponse {
  /** The HTTP status. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body as text. */
  readonly body: string;
}

export interface TransportLimits {
  /** Milliseconds until a connection has to stand. */
  readonly connectTimeoutMs: number;
  /** Milliseconds without a byte of the answer. */
  readonly readTimeoutMs: number;
  /** Connections to one host at a time; further requests wait. */
  readonly maxConnections: number;
}

export interface Transport {
  /**
   * Sends one request once.
   *
   * @throws UnansweredError or SSLError when no answer came; what `signal` was aborted with.
   */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>;
  /** Ends the connections that are kept open. */
  close(): void;
}
