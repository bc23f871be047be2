// The few run-time globals that every process has (window, Node, Electron, workers) and pure layers may use.
// Everything else (console, process, document, fetch) stays out: pass it in.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
}
interface AbortSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}
declare function structuredClone<T>(value: T): T;
