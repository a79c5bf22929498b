/** Whether an address is one of AWS's own, whose certificate says so. */
export function isAwsHost(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && /\.(amazonaws\.com(\.cn)?|api\.aws|amazonaws\.eu)$/.test(url.hostname);
}
