/** Where the way leads. */
export interface Route {
  readonly url: URL;
  /** What `AWS_CA_BUNDLE` says, where it is set. */
  readonly ca: string | undefined;
}
