import { type Problem, problem } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import { type Picture, type PictureRequest, pictureRequestSchema } from '#contract/shell.ts';

/** Where pictures come from: the engine, which knows the images of the open project and no other file. */
export type PictureSource = (request: PictureRequest) => Promise<Result<Picture>>;

const common = {
  'X-Content-Type-Options': 'nosniff',
  // The window draws pictures on a canvas and reads it back; without this the canvas would be locked.
  'Access-Control-Allow-Origin': 'emend://app',
};

/** Answers `emend-image://project/<id>/<size>?v=…`. */
export async function projectPicture(address: string, source: PictureSource): Promise<Response> {
  const url = new URL(address);
  const [, id, size, ...rest] = url.pathname.split('/');
  const wanted = pictureRequestSchema.safeParse({ id, size });
  if (url.host !== 'project' || !wanted.success || rest.length > 0) {
    return refuse(problem('not-found', address, 'No image has this address.'));
  }
  const picture = await source(wanted.data);
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

function refuse(reason: Problem): Response {
  return Response.json(reason, { status: 404, headers: common });
}
