/** Whether a text is the address of a file in S3 instead, as templates write it. */
export const isReference = (text: string): boolean => /^s3:\/\/\S+$/.test(text.trim());
