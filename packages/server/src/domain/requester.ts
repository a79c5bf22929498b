/**
 * Who started a loop (`holdpoint:exclude-requester`). With `true` it is whoever signed the call: the operator in the console, or
 * the owner of the access key. Any other value is the path of a field in the input content that holds an e-mail address, for
 * programs that start loops on behalf of people with one key. A start of which it is not known who asked is refused: a rule
 * that nobody answers their own request would silently not hold.
 */
import { ApiError, type Json, textOfTag } from '@holdpoint/protocol';
import type { FlowDefinition } from './rows.ts';

export interface StartedBy {
  /** The e-mail address of whoever signed the call, as far as it is known. */
  readonly email: string | undefined;
  /** What the call was signed with, for a sentence. */
  readonly signedWith: string;
}

/**
 * The e-mail address, in lower case, of whoever may not answer; null where everybody may.
 *
 * @throws ApiError ValidationException when it is not known
 */
export function requesterOf(
  { name, tags }: FlowDefinition,
  inputContent: string,
  startedBy: () => StartedBy,
): string | null {
  const rule = textOfTag(tags, 'holdpoint:exclude-requester') ?? 'false';
  if (rule === 'false') return null;
  if (rule === 'true') {
    const { email, signedWith } = startedBy();
    if (email !== undefined) return email.toLowerCase();
    throw new ApiError(
      'ValidationException',
      `Whoever starts a loop of the FlowDefinition '${name}' may not answer it (holdpoint:exclude-requester), and ${signedWith} has no owner. Use a key that was made with OwnerEmail.`,
    );
  }
  const value = valueAt(JSON.parse(inputContent) as Json, rule.split('.'));
  if (typeof value === 'string' && /^\S+@\S+$/.test(value.trim())) return value.trim().toLowerCase();
  throw new ApiError(
    'ValidationException',
    `Whoever starts a loop of the FlowDefinition '${name}' may not answer it (holdpoint:exclude-requester): the e-mail address must be in the field '${rule}' of InputContent.`,
  );
}

function valueAt(content: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = content;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = (value as { readonly [key: string]: Json })[name];
  }
  return value;
}
