/**
 * What is written to people about signing in. The links open a page, with the token behind `#`; nothing happens until a button
 * is pressed there, so programs that look at links in mails change nothing.
 */
interface Words {
  readonly subject: string;
  readonly text: string;
}

const portalOf = (organisation: string | undefined): string =>
  organisation === undefined ? 'the review portal' : `the review portal of ${organisation}`;

/** For somebody who has been added, or whose ways to sign in were reset. */
export const invitationMail = (url: string, organisation?: string): Words => ({
  subject: 'You are invited to review',
  text: `Hello,

you have been added to ${portalOf(organisation)}. Choose your password here, within seven days:

${url}

The link works once. If you do not know what this is about, ignore this mail.
`,
});

/** For somebody who asked, or in whose name somebody asked. */
export const newPasswordMail = (url: string, organisation?: string): Words => ({
  subject: 'A new password for your reviews',
  text: `Hello,

somebody asked for a new password for you at ${portalOf(organisation)}. If it was you, choose it here, within an hour:

${url}

The link works once. If it was not you, ignore this mail: your password stays as it is.
`,
});
