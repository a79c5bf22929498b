const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was closed without an answer.',
  ENOTFOUND: 'The host name is not known.',
  EAI_AGAIN: 'The host name could not be looked up.',
  ETIMEDOUT: 'The host did not answer.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network of the host cannot be reached.',
};

/** What an operator reads of an error of the network; codes are added since they can be searched for. */
export function networkError(error: NodeJS.ErrnoException): string {
  const known = error.code === undefined ? undefined : sentences[error.code];
  if (known !== undefined) return `${known} (${error.code})`;
  return error.message || error.code || 'The event could not be sent.';
}
