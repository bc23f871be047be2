/** Longest side of a thumbnail. */
export const thumbnailPx = 320;
/** Longest side of what the image view is sent; more than that no screen shows and no GPU texture surely holds. */
export const renditionPx = 8192;
/** More pixels than this are refused before any is decoded: 300 megapixels are 900 MB as RGB. */
export const maxPixels = 300_000_000;
/** Larger files are refused unread. */
export const maxFileBytes = 1024 ** 3;
/** The decoder gives up by itself after this long; the pool kills its process somewhat later. */
export const decodeSeconds = 20;
/** After this long without an answer an image process is killed. */
export const taskTimeoutMs = 30_000;
