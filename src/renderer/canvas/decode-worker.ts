import { reducedSize } from './reduced-size.ts';
import type { DecodeAnswer, DecodeRequest, Picture } from './picture.ts';

// A page decodes an image anew each time it draws one as an element, and reduces it on its own thread: with 24
// megapixels both take most of a second. Here it costs the window nothing.

addEventListener('message', (event: MessageEvent<DecodeRequest>) => {
  const { id } = event.data;
  decode(event.data).then(
    (picture) => answer({ id, picture }, [picture.bitmap]),
    () => answer({ id, picture: null }, []),
  );
});

function answer(message: DecodeAnswer, transfer: Transferable[]): void {
  postMessage(message, { transfer });
}

async function decode({ url, mostPx }: DecodeRequest): Promise<Picture> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const full = await createImageBitmap(await response.blob());
  const size = mostPx === null ? null : reducedSize(full, mostPx);
  if (size === null) return { url, bitmap: full, isReduced: false };
  const bitmap = await createImageBitmap(full, {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high',
  });
  full.close();
  return { url, bitmap, isReduced: true };
}
