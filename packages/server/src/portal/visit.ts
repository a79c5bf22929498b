/** What handlers of the portal work with: a visit by anybody, and a visit by a worker who is signed in. */
import type { Attempts } from '../auth/attempts.ts';
import type { OidcClient } from '../auth/oidc/oidc-client.ts';
import type { SessionLimits } from '../auth/sessions.ts';
import type { Exchange, PortalContext, Reply, Rooms } from '../context.ts';
import type { Session, Workforce } from '../domain/rows.ts';

export interface PortalSettings {
  readonly sessions: SessionLimits;
  /** The largest body of a submitted answer. */
  readonly answerLimitBytes: number;
  /** How long answers can be taken back where the flow definition does not say. */
  readonly undoSeconds: number;
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
  /** As it is at this request; undefined when there is none. */
  readonly workforce?: Workforce | undefined;
}

/** A visit on the way to the identity provider or back. */
export interface OidcVisit extends Visit {
  readonly oidc: OidcClient;
}

export interface WorkerVisit extends Visit, PortalContext {
  readonly session: Session;
}
