/** What handlers of the portal work with: a visit by anybody, and a visit by a worker who is signed in. */
import type { Attempts } from '../auth/attempts.ts';
import type { OidcClient } from '../auth/oidc/oidc-client.ts';
import type { SecondFactorRule } from '../auth/second-factor.ts';
import type { SessionLimits } from '../auth/sessions.ts';
import type { Exchange, PortalContext, Reply, Rooms } from '../context.ts';
import type { Session, Worker, Workforce } from '../domain/rows.ts';
import type { Previews } from './previews.ts';
import type { RefusalCount } from './refusal-count.ts';
import type { Turns } from './turns.ts';

export interface PortalSettings {
  readonly sessions: SessionLimits;
  /** The largest body of a submitted answer. */
  readonly answerLimitBytes: number;
  /** How long answers can be taken back where the flow definition does not say. */
  readonly undoSeconds: number;
  /** Who must have a second factor. */
  readonly requireSecondFactor: SecondFactorRule;
  /** Whether a link for a new password can be mailed to whoever asks for it. */
  readonly mailsLinks: boolean;
  /** Groups of the identity provider whose members are operators. */
  readonly operatorGroups: readonly string[];
  /** Shown beside the product's name. */
  readonly organisation?: string | undefined;
  /** Answers with the stream of events of a session (`http/live.ts`). */
  readonly openEvents: (session: Session) => Promise<Reply>;
  /** Certificates in PEM form that are trusted besides those that Node trusts, for requests to the identity provider. */
  readonly caCertificates?: string | undefined;
}

export interface Visit extends Rooms {
  readonly exchange: Exchange;
  readonly now: number;
  readonly settings: PortalSettings;
  readonly attempts: Attempts;
  readonly refusals: RefusalCount;
  /** Codes that were tried, and links that were asked for: fewer of them than passwords. */
  readonly rareAttempts: Attempts;
  readonly previews: Previews;
  /** By the worker's id: who takes tasks. */
  readonly turns: Turns;
  /** As it is at this request; undefined when there is none. */
  readonly workforce?: Workforce | undefined;
}

/** A visit on the way to the identity provider or back. */
export interface OidcVisit extends Visit {
  readonly oidc: OidcClient;
}

/** A visit by somebody who has given the first factor, and nothing else yet. */
export interface StepVisit extends Visit {
  readonly worker: Worker;
}

/** A visit by a worker who sets up a second factor: signed in, or (without a session) asked for it while signing in. */
export interface SettingUpVisit extends Visit {
  readonly worker: Worker;
  readonly session?: Session | undefined;
}

export interface WorkerVisit extends Visit, PortalContext {
  readonly session: Session;
}
