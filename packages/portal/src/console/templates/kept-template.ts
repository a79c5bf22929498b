// A template that is being written is kept in this browser, so that a reload or a crash loses nothing. Inputs are not: they
// may be what is under review.

export interface KeptTemplate {
  readonly content: string;
  /** The name for the new human task UI, as far as it was given. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const prefix = 'holdpoint:template:';

/** @param subject the human task UI that the work began with; '' for none */
export function readKept(subject: string): KeptTemplate | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + subject) ?? 'null') as KeptTemplate | null;
    return typeof kept?.content === 'string' && typeof kept.at === 'number' ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Answers whether it could be kept: browsers limit what a site may. */
export function keep(subject: string, kept: KeptTemplate): boolean {
  try {
    localStorage.setItem(prefix + subject, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forget(subject: string): void {
  try {
    localStorage.removeItem(prefix + subject);
  } catch {
    // Nothing could be kept either.
  }
}
