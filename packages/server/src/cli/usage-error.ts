/** A command was given something that it cannot work with; its message is one sentence. */
export class UsageError extends Error {}
