/** A template has at most 128,000 characters; what is much longer, in bytes, is none. */
const longestTemplate = 1_000_000;
const downloadMs = 30_000;

/** The text behind the link that DescribeHumanTaskUi gives. @throws Error with a sentence. */
export async function readTemplate(url: string | undefined, signal: AbortSignal): Promise<string> {
  if (url === undefined || !/^https?:/.test(url)) throw new Error('There is no link to its text.');
  const reply = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]) }).catch(
    ({ message, cause }: Error & { cause?: { code?: string } }) => {
      throw new Error(`The link to its text cannot be reached (${cause?.code ?? message}).`);
    },
  );
  if (!reply.ok) throw new Error(`The link to its text answered ${reply.status}.`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of reply.body ?? []) {
    length += chunk.length;
    if (length > longestTemplate) throw new Error(`Its text is longer than ${longestTemplate} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
