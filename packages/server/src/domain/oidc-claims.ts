/**
 * What an identity provider says of a worker, in the claims that A2I names (SageMaker developer guide, "Create a private
 * workforce using OIDC"): each may be written with a colon or with a hyphen.
 */
import { Refusal } from './refusal.ts';

export interface OidcAccount {
  /** `sagemaker:sub`: the account, for good. */
  readonly sub: string;
  readonly name: string;
  readonly groups: readonly string[];
  /** Only where the provider does not say that it is unverified. */
  readonly email: string | undefined;
}

const group = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,63}$/u;
const mostGroups = 10;
/** Control characters, and halves of characters: not every database keeps them. */
const unprintable = /[\p{Cc}\p{Cs}]/u;

/** A claim that is missing or malformed; the message names it, for the worker and for whoever is asked. */
export class ClaimProblem extends Refusal {
  readonly claim: string;

  constructor(claim: string, what: string) {
    super(
      'forbidden',
      `Your account at the identity provider has ${what}. Please tell the people who run this portal.`,
    );
    this.claim = claim;
  }
}

/** @throws ClaimProblem when a required claim is missing or malformed, or the claims are for another client. */
export function readOidcClaims(claims: Readonly<Record<string, unknown>>, clientId: string): OidcAccount {
  const client = textClaim(claims, 'client_id', 128);
  if (!/^[\w+-]+$/.test(client)) throw malformed('client_id', 'letters, digits, _, + and - only');
  if (client !== clientId)
    throw new ClaimProblem('sagemaker:client_id', 'a claim sagemaker:client_id for another client');
  return {
    sub: textClaim(claims, 'sub', 255),
    name: nameClaim(claims),
    groups: groupsClaim(claims),
    email: emailClaim(claims),
  };
}

function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = [`sagemaker:${name}`, `sagemaker-${name}`].find((one) => Object.hasOwn(claims, one));
  if (key === undefined || claims[key] === undefined || claims[key] === null)
    throw new ClaimProblem(`sagemaker:${name}`, `no claim sagemaker:${name}`);
  return claims[key];
}

function textClaim(claims: Readonly<Record<string, unknown>>, name: string, max: number): string {
  const value = claimOf(claims, name);
  if (typeof value !== 'string' || value === '' || value.length > max || unprintable.test(value))
    throw malformed(name, `a text of at most ${max} characters`);
  return value;
}

/** What is shown; a longer name than the directory's own can have is cut. */
function nameClaim(claims: Readonly<Record<string, unknown>>): string {
  const name = textClaim(claims, 'name', 1000).trim();
  if (name === '') throw malformed('name', 'a text that is not empty');
  return [...name].slice(0, 128).join('');
}

function groupsClaim(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const value = claimOf(claims, 'groups');
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > mostGroups || !list.every((one): one is string => typeof one === 'string' && group.test(one)))
    throw malformed(
      'groups',
      `a group or a list of at most ${mostGroups}, each of at most 63 characters without spaces`,
    );
  return [...new Set(list)].sort();
}

function emailClaim({ email, email_verified: verified }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof email !== 'string' || verified === false || verified === 'false') return undefined;
  return /^[^\s@]+@[^\s@]+$/.test(email) && !unprintable.test(email) && email.length <= 254 ? email : undefined;
}

const malformed = (name: string, form: string): ClaimProblem =>
  new ClaimProblem(`sagemaker:${name}`, `a claim sagemaker:${name} that is not ${form}`);
