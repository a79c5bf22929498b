// HTTP as bytes on a socket, for requests that no client library would send.
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends bytes and gives every answer up to the end of the connection; the request must therefore make the server end it.
 *
 * @param options.hangUp ends the connection as soon as everything is sent, without waiting for anything.
 * @param options.afterwards what is sent once the server has said something.
 * @param options.head the requests are HEAD: answers have no bodies.
 */
export async function sendBytes(
  port: number,
  bytes: string | Uint8Array,
  options: { readonly hangUp?: boolean; readonly afterwards?: string | Uint8Array; readonly head?: boolean } = {},
): Promise<RawAnswer[]> {
  const received: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let next = options.afterwards;
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      if (next === undefined) return;
      socket.write(next);
      next = undefined;
    });
    // A server that refuses early resets what is still being sent; what it said before counts.
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, () => {
      if (options.hangUp) socket.destroy();
    });
  });
  return parseAnswers(Buffer.concat(received).toString('latin1'), options.head === true);
}

function parseAnswers(text: string, head: boolean): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = text; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
    if (end < 0 || Number.isNaN(status)) throw new Error(`This is no answer: ${JSON.stringify(rest.slice(0, 200))}`);
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(':')[0]!.toLowerCase(), line.replace(/^[^:]*:\s*/, '')]),
    );
    rest = rest.slice(end + 4);
    const length = head || status < 200 || status === 204 || status === 304 ? 0 : Number(headers['content-length']);
    answers.push({ status, headers, body: Buffer.from(rest.slice(0, length), 'latin1').toString('utf8') });
    rest = rest.slice(length);
  }
  return answers;
}
