import { err, ok, type Result } from '#base/result.ts';

/** The formats that are decoded, by the name that is recorded. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif' | 'avif' | 'bmp';

const readable: readonly (readonly [ImageFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['tiff', /^(?:II[*+]\0|MM\0[*+])/],
  ['gif', /^GIF8[79]a/],
  ['avif', /^[^]{4}ftyp(?:[^]{4})*?avi[fs]/],
  ['bmp', /^BM[^]{12}[\x0c(48@l|]\0\0\0/],
];

const others: readonly (readonly [string, RegExp])[] = [
  ['a HEIC picture', /^[^]{4}ftyp(?:hei|hev|mif1|msf1)/],
  ['a JPEG XL picture', /^(?:\xff\x0a|\0\0\0\x0cJXL )/],
  ['a JPEG 2000 picture', /^(?:\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/],
  ['an icon', /^\0\0[\x01\x02]\0/],
  ['a Photoshop document', /^8BPS/],
  ['a Netpbm picture', /^P[1-7fF]\s/],
  ['an OpenEXR picture', /^v\/1\x01/],
  ['a FITS image', /^SIMPLE {2}=/],
  ['a DDS texture', /^DDS /],
  ['a PDF document', /^%PDF/],
  ['a DICOM file', /^[^]{128}DICM/],
  ['a ZIP archive', /^PK\x03\x04/],
  ['a gzip archive', /^\x1f\x8b/],
  ['a video', /^[^]{4}ftyp/],
];

const svg =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*?\?>\s*)?(?:<!--[^]*?-->\s*)*(?:<!DOCTYPE svg[^]*?>\s*)?<svg[\s>]/i;
const text = /^(?:\xef\xbb\xbf)?[\t\n\f\r\x20-\x7e\x80-\xff]+$/;

/** Tells the format from a file's first bytes, whatever its name says; otherwise says what it is and what to do. */
export function sniff(bytes: Buffer): Result<ImageFormat, string> {
  if (bytes.length === 0) return err('The file is empty; copy it again from where it came from.');
  const head = bytes.toString('latin1', 0, 1024);
  const format = readable.find(([, pattern]) => pattern.test(head))?.[0];
  if (format !== undefined) return ok(format);
  if (svg.test(head)) {
    return err('This is an SVG document, which can carry programs and is never opened; export it as PNG.');
  }
  const other = others.find(([, pattern]) => pattern.test(head))?.[0];
  if (other !== undefined) return err(`This is ${other}, which cannot be read; convert it to PNG or JPEG.`);
  if (text.test(head)) return err('This is a text file, not an image.');
  return err('This is no image in a known format; JPEG, PNG, WebP, TIFF, GIF, AVIF and BMP can be read.');
}
