import { problem } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import {
  type Picture,
  type PictureSize,
  pictureRequestSchema,
  type VariantRequest,
} from '#contract/shell.ts';
import { readVariant } from '#contract/variant-address.ts';
import { problemReply, type Reply } from './respond.ts';

/** Where pictures come from. */
export type PictureSource = (id: string, size: PictureSize) => Promise<Result<Picture>>;
export type VariantSource = (request: VariantRequest) => Promise<Result<Picture>>;

/** Answers `/image/<id>/<size>`; with `?v=…` the browser may keep the picture, as a new version has a new address. */
export async function pictureReply(url: URL, source: PictureSource): Promise<Reply> {
  const [, , id, size, ...rest] = url.pathname.split('/');
  const wanted = pictureRequestSchema.safeParse({ id, size });
  if (!wanted.success || rest.length > 0) return nothing(url);
  return reply(url, await source(wanted.data.id, wanted.data.size));
}

/** Answers `/augmented/<id>?side=…&seed=…&settings=…`, kept as a picture is. */
export async function variantReply(url: URL, source: VariantSource): Promise<Reply> {
  const [, , id, ...rest] = url.pathname.split('/');
  const wanted = readVariant(id, url.searchParams);
  return wanted === null || rest.length > 0 ? nothing(url) : reply(url, await source(wanted));
}

function nothing(url: URL): Reply {
  return problemReply(404, problem('not-found', url.pathname, 'No image has this address.'));
}

function reply(url: URL, picture: Result<Picture>): Reply {
  if (!picture.ok) return problemReply(404, picture.error);
  const isKept = url.searchParams.has('v');
  return {
    status: 200,
    headers: {
      'Content-Type': picture.value.type,
      'Cache-Control': isKept ? 'private, max-age=31536000, immutable' : 'no-store',
    },
    body: picture.value.bytes,
  };
}
