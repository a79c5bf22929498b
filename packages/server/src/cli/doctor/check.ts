import type { OperationOutput } from '@holdpoint/protocol';

/** One thing that was looked at; in the form in which a server answers `CheckInstallation`. */
export type Check = OperationOutput<'CheckInstallation'>['Checks'][number];

export const ok = (Name: string, Message: string): Check => ({ Name, Status: 'Ok', Message });
export const skipped = (Name: string, Message: string): Check => ({ Name, Status: 'Skipped', Message });
export const warning = (Name: string, Message: string, Advice: string): Check => ({
  Name,
  Status: 'Warning',
  Message,
  Advice,
});
export const failed = (Name: string, Message: string, Advice?: string): Check => ({
  Name,
  Status: 'Failed',
  Message,
  ...(Advice !== undefined && { Advice }),
});

/** A message as one sentence of ours. */
export const asSentence = (message: string): string => {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return /[.?!]$/.test(text) ? text : `${text}.`;
};
