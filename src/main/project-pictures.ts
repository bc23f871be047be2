import { type Problem, problem } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import {
  type Picture,
  type PictureRequest,
  pictureRequestSchema,
  type VariantRequest,
} from '#contract/shell.ts';
import { readVariant } from '#contract/variant-address.ts';

/** Where pictures come from: the engine, which knows the images of the open project and no other file. */
export interface PictureSource {
  picture(request: PictureRequest): Promise<Result<Picture>>;
  variant(request: VariantRequest): Promise<Result<Picture>>;
}

const common = {
  'X-Content-Type-Options': 'nosniff',
  // The window draws pictures on a canvas and reads it back; without this the canvas would be locked.
  'Access-Control-Allow-Origin': 'emend://app',
};

/** Answers `emend-image://project/<id>/<size>?v=…` and `emend-image://augmented/<id>?side=…&seed=…&settings=…&v=…`. */
export async function projectPicture(address: string, source: PictureSource): Promise<Response> {
  const url = new URL(address);
  const picture = await found(url, source);
  if (picture === null) return refuse(problem('not-found', address, 'No image has this address.'));
  if (!picture.ok) return refuse(picture.error);
  const isKept = url.searchParams.has('v');
  return new Response(new Uint8Array(picture.value.bytes), {
    headers: {
      ...common,
      'Content-Type': picture.value.type,
      'Cache-Control': isKept ? 'private, max-age=31536000, immutable' : 'no-store',
    },
  });
}

/** The picture of an address; null where it is none. */
async function found(
  { host, pathname, searchParams }: URL,
  source: PictureSource,
): Promise<Result<Picture> | null> {
  const [, id, size, ...rest] = pathname.split('/');
  if (host === 'augmented') {
    const wanted = size === undefined ? readVariant(id, searchParams) : null;
    return wanted === null ? null : source.variant(wanted);
  }
  const wanted = pictureRequestSchema.safeParse({ id, size });
  return host === 'project' && wanted.success && rest.length === 0 ? source.picture(wanted.data) : null;
}

function refuse(reason: Problem): Response {
  return Response.json(reason, { status: 404, headers: common });
}
