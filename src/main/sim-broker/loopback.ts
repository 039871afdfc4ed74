/** Whether it is a literal address of this machine alone; a name could be made to mean another. */
export const isLoopback = (host: string): boolean => host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** Whether a request was meant for this machine by whoever sent it: a page in a browser that was led here names another host, or an origin. */
export function isForUs(headers: { readonly host?: string | undefined; readonly origin?: string | undefined }): boolean {
  const name = (headers.host ?? '').replace(/:\d+$/, '');
  return headers.origin === undefined && (name === 'localhost' || name === '[::1]' || isLoopback(name));
}
