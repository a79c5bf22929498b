/** People of Cognito user pools: the answers of `aws cognito-idp list-users` and `list-users-in-group`. */
import { basename } from 'node:path';
import { isRecord } from '@holdpoint/protocol';
import type { SourcePerson, WorkteamDescription } from './inventory.ts';

interface People {
  readonly group: string | undefined;
  readonly users: readonly Record<string, unknown>[];
  readonly file: { readonly name: string };
}

/** Everybody with an e-mail address who is not disabled. Whose group a file lists stands in `GroupName` or in its name. */
export function peopleOf(lists: readonly People[], workteams: readonly WorkteamDescription[]): SourcePerson[] {
  const groups = [...new Set(workteams.flatMap(groupsOf))].sort((one, other) => other.length - one.length);
  const people = new Map<string, SourcePerson>();
  for (const { group, users, file } of lists) {
    const stem = basename(file.name).replace(/\.jsonl?$/i, '');
    const listed =
      group ?? groups.find((each) => stem === each || new RegExp(`[^\\p{L}\\p{N}]${literally(each)}$`, 'u').test(stem));
    for (const user of users) {
      const attributes = Array.isArray(user.Attributes) ? user.Attributes.filter(isRecord) : [];
      const attributeOf = (name: string): string | undefined => {
        const value = attributes.find((attribute) => attribute.Name === name)?.Value;
        return typeof value === 'string' && value !== '' ? value : undefined;
      };
      const email = attributeOf('email') ?? (String(user.Username).includes('@') ? String(user.Username) : undefined);
      if (email === undefined || user.Enabled === false) continue;
      const known = people.get(email.toLowerCase());
      people.set(email.toLowerCase(), {
        email: known?.email ?? email,
        name: known?.name ?? attributeOf('name') ?? joined(attributeOf('given_name'), attributeOf('family_name')),
        groups: [...new Set([...(known?.groups ?? []), ...(listed === undefined ? [] : [listed])])],
      });
    }
  }
  return [...people.values()];
}

/** The groups whose members belong to a workteam. */
export const groupsOf = ({ MemberDefinitions }: WorkteamDescription): string[] =>
  MemberDefinitions.flatMap(({ CognitoMemberDefinition: cognito, OidcMemberDefinition: oidc }) => [
    ...(cognito === undefined ? [] : [cognito.UserGroup]),
    ...(oidc?.Groups ?? []),
  ]);

const joined = (...parts: (string | undefined)[]): string | undefined =>
  parts.filter((part) => part !== undefined).join(' ') || undefined;

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
