/** Where the window's own page is, and what it may reach from there. */
export class Home {
  /** The page that the window shows, always. */
  readonly url: string;
  readonly #developmentHost: string | null;

  /** @param developmentUrl the bundler's server while developing, which then serves the page; else null */
  constructor(developmentUrl: string | null) {
    this.url = developmentUrl ?? 'emend://app/index.html';
    this.#developmentHost = developmentUrl === null ? null : new URL(developmentUrl).host;
  }

  /** True while developing: the page then comes from the bundler's server, without our policy. */
  get isDevelopment(): boolean {
    return this.#developmentHost !== null;
  }

  /** Is this address the window's own page (a fragment or query may differ)? */
  isOwn(url: string): boolean {
    const [own, other] = [URL.parse(this.url), URL.parse(url)];
    if (own === null || other === null) return false;
    return own.protocol === other.protocol && own.host === other.host && own.pathname === other.pathname;
  }

  /** May the window load this? Its own files, the project's pictures, what it made itself, and its inspector. */
  isReachable(url: string): boolean {
    const target = URL.parse(url);
    if (target === null) return false;
    if (target.protocol === 'emend:') return target.host === 'app';
    if (target.protocol === 'emend-image:') return target.host === 'project';
    if (['blob:', 'data:', 'devtools:'].includes(target.protocol)) return true;
    return ['http:', 'ws:'].includes(target.protocol) && target.host === this.#developmentHost;
  }
}
