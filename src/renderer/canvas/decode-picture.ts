import type { DecodeAnswer, DecodeRequest, Picture } from './picture.ts';

/** Enough to fill a screen; what is larger is decoded in full when a person zooms in. */
const screenPx = 2560;

interface Waiting {
  readonly resolve: (picture: Picture) => void;
  readonly reject: (reason: Error) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let lastId = 0;

function running(): Worker {
  if (worker !== null) return worker;
  worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<DecodeAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.picture === null) asked?.reject(new Error('The picture cannot be decoded.'));
    else asked?.resolve(data.picture);
  });
  return worker;
}

function decode(url: string, mostPx: number | null): Promise<Picture> {
  lastId += 1;
  const request: DecodeRequest = { id: lastId, url: new URL(url, window.location.href).href, mostPx };
  return new Promise<Picture>((resolve, reject) => {
    waiting.set(request.id, { resolve, reject });
    running().postMessage(request);
  }).then((picture) => ({ ...picture, url }));
}

/** Fetches and decodes a picture, off the window's thread; rejects when the file is gone or no image. */
export function decodePicture(url: string): Promise<Picture> {
  return decode(url, screenPx);
}

/** The same with every pixel, for zooming in. */
export function decodeInFull(url: string): Promise<Picture> {
  return decode(url, null);
}
