/**
 * The form of an e-mail address by which workers are found: without outer spaces, Unicode NFC, lower case.
 * (Two mailboxes that differ in case alone exist nowhere in practice, and people type theirs either way.)
 */
export const emailKey = (email: string): string => email.trim().normalize('NFC').toLowerCase();
