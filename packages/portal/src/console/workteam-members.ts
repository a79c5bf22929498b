import type { OperationInput } from '@holdpoint/protocol';
import type { Workforce } from './people.ts';

type MemberDefinitions = OperationInput<'CreateWorkteam'>['MemberDefinitions'];

/** Groups as the workforce's people have them: of its identity provider, or of the built-in directory. */
export function memberDefinitions(workforce: Workforce | undefined, groups: readonly string[]): MemberDefinitions {
  if (workforce?.OidcConfig) return [{ OidcMemberDefinition: { Groups: groups } }];
  const { UserPool, ClientId } = workforce?.CognitoConfig ?? { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint' };
  return groups.map((UserGroup) => ({ CognitoMemberDefinition: { UserPool, UserGroup, ClientId } }));
}
