import type { HttpResponse } from '@holdpoint/client';

export interface ReadResponse {
  readonly response: HttpResponse;
  /** Whether another request can be sent over the same connection. */
  readonly keepsConnection: boolean;
}

/** An answer to a small request is no longer than this, and its head no longer than that, in bytes. */
const longest = 16 * 1024 * 1024;
const longestHead = 256 * 1024;

/**
 * Reads an HTTP/1.1 response (RFC 9112).
 *
 * @param text what has come, one character for each byte.
 * @param isEnd whether nothing follows.
 * @returns undefined while it is not complete.
 * @throws Error when it is none.
 */
export function readResponse(text: string, isEnd: boolean): ReadResponse | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (text.length > longest || (end < 0 && text.length > longestHead)) throw new Error('The answer is too long.');
  if (end < 0) return undefined;
  const statusEnd = text.indexOf('\r\n');
  const status = statusOf(text.slice(0, statusEnd));
  // An interim answer: the final one follows.
  if (status < 200) return readResponse(text.slice(end + 4), isEnd);
  const headers = headersOf(text, statusEnd, end);
  const raw = bodyOf(text.slice(end + 4), status, headers, isEnd);
  if (raw === undefined) return undefined;
  const keepsConnection = text[7] === '1' && !/close/i.test(headers.connection ?? '') && isFramed(status, headers);
  return { response: { status, headers, body: utf8(raw) }, keepsConnection };
}

function statusOf(line: string): number {
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(line)?.[1]);
  if (Number.isNaN(status)) throw new Error('The answer is no HTTP.');
  return status;
}

/** Without taking the lines apart first: it is done for each answer. */
function headersOf(text: string, from: number, to: number): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = from; at < to; ) {
    const lineEnd = text.indexOf('\r\n', at + 2);
    const colon = text.indexOf(':', at + 2);
    if (colon > 0 && colon < lineEnd)
      headers[text.slice(at + 2, colon).toLowerCase()] = text.slice(colon + 1, lineEnd).trim();
    at = lineEnd;
  }
  return headers;
}

type Headers = Readonly<Record<string, string>>;

const isChunked = (headers: Headers): boolean => /chunked/i.test(headers['transfer-encoding'] ?? '');
const hasNoBody = (status: number): boolean => status === 204 || status === 304;
/** Whether the answer says where it ends; otherwise the end of the connection is its end. */
const isFramed = (status: number, headers: Headers): boolean =>
  hasNoBody(status) || isChunked(headers) || headers['content-length'] !== undefined;

function bodyOf(rest: string, status: number, headers: Headers, isEnd: boolean): string | undefined {
  if (hasNoBody(status)) return '';
  if (isChunked(headers)) return joinChunks(rest);
  const length = headers['content-length'];
  if (length === undefined) return isEnd ? rest : undefined;
  if (!/^\d{1,9}$/.test(length)) throw new Error('The answer has no sound length.');
  return rest.length >= Number(length) ? rest.slice(0, Number(length)) : undefined;
}

function joinChunks(rest: string): string | undefined {
  let body = '';
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = /^[0-9a-f]{1,7}(?=\s*(?:;|$))/i.exec(rest.slice(at, lineEnd))?.[0];
    if (size === undefined) throw new Error('The answer has a chunk without a sound length.');
    const length = Number.parseInt(size, 16);
    const from = lineEnd + 2;
    // After the last chunk trailers may follow, and an empty line.
    if (length === 0) return rest.startsWith('\r\n', from) || rest.includes('\r\n\r\n', from) ? body : undefined;
    if (rest.length < from + length + 2) return undefined;
    body += rest.slice(from, from + length);
    at = from + length + 2;
  }
}

/** Most answers are ASCII, and those are their own text. */
const utf8 = (raw: string): string => (/[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw);
