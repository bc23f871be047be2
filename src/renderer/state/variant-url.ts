import type { VariantRequest } from '#contract/shell.ts';
import { variantAddress } from '#contract/variant-address.ts';
import { shell } from './bridge.ts';

/** Where a variant's pixels are fetched from; kept for ever as a picture is. */
export function variantUrl(request: VariantRequest, hash: string): string {
  const base = shell() === null ? '/augmented/' : 'emend-image://augmented/';
  return `${base}${variantAddress(request)}&v=${hash.slice(0, 8)}`;
}
