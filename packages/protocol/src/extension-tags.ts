// The tags by which flow definitions opt in to what AWS's API lacks; all begin with `holdpoint:`.

/** The names of all tags that this version understands. */
export const knownExtensionTags: readonly string[] = [];
