import { readMailAddress } from '../mail/mail-settings.ts';

/** The contact that push services are told: the setting, else the address that mail comes from, else the public URL. */
export function vapidSubject(settings: { pushContact: string; mailFrom: string }, publicUrl: string): string {
  if (settings.pushContact !== '') return settings.pushContact;
  const from = readMailAddress(settings.mailFrom);
  if (from) return `mailto:${from.address}`;
  // RFC 8292, section 2.1 knows nothing but mailto: and https:.
  return publicUrl.replace(/^http:/, 'https:');
}
