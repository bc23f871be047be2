/**
 * What the window may load: its own files and nothing else. Inline styles are allowed because the component library
 * writes its theme as a style element; inline scripts are not.
 * @param images where pixels come from besides the window's own origin
 * @param connections where the engine answers besides the window's own origin
 */
export function contentSecurityPolicy(images: readonly string[], connections: readonly string[]): string {
  const directives: readonly (readonly string[])[] = [
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', "'self'", "'unsafe-inline'"],
    ['img-src', "'self'", 'data:', 'blob:', ...images],
    ['connect-src', "'self'", ...connections],
    ['font-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
  ];
  return directives.map((words) => words.join(' ')).join('; ');
}
