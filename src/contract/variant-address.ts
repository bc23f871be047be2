import { type VariantRequest, variantRequestSchema } from './shell.ts';

/** The end of a variant's address, `<id>?side=…&seed=…&settings=<JSON>`, as `readVariant` takes it apart. */
export function variantAddress({ id, side, seed, settings }: VariantRequest): string {
  return `${id}?side=${side}&seed=${seed}&settings=${encodeURIComponent(JSON.stringify(settings))}`;
}

/** What an address asks for, null where that makes no sense. */
export function readVariant(
  id: string | undefined,
  parameters: { get(name: string): string | null },
): VariantRequest | null {
  const [side, seed] = [Number(parameters.get('side')), Number(parameters.get('seed'))];
  const settings = parsed(parameters.get('settings') ?? '');
  return variantRequestSchema.safeParse({ id, side, seed, settings }).data ?? null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
