import { ApiError } from '@holdpoint/protocol';

interface MemberDefinition {
  readonly CognitoMemberDefinition?: { UserPool: string; UserGroup: string; ClientId: string } | undefined;
  readonly OidcMemberDefinition?: { Groups?: readonly string[] | undefined } | undefined;
}

/**
 * The groups whose workers belong to a team. User pool and client are not looked up: the built-in directory is the
 * one pool there is, whatever name a program was written with.
 *
 * @throws ApiError ValidationException for an entry without groups or entries of different pools.
 */
export function workteamGroups(definitions: readonly MemberDefinition[]): readonly string[] {
  const groups: string[] = [];
  let pool: string | undefined;
  for (const { CognitoMemberDefinition: cognito, OidcMemberDefinition: oidc } of definitions) {
    if ((cognito === undefined) === (oidc === undefined))
      throw new ApiError(
        'ValidationException',
        'Each of MemberDefinitions must have exactly one of CognitoMemberDefinition and OidcMemberDefinition.',
      );
    const source = cognito ? `${cognito.UserPool} ${cognito.ClientId}` : 'oidc';
    if (pool !== undefined && pool !== source)
      throw new ApiError('ValidationException', 'All MemberDefinitions must have the same UserPool and ClientId.');
    pool = source;
    groups.push(...(cognito ? [cognito.UserGroup] : (oidc!.Groups ?? [])));
  }
  return [...new Set(groups)];
}
