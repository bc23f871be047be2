const readable = 'jpg jpeg jpe jfif png apng webp tif tiff gif avif bmp dib';
// Tried as well, so that a person learns why such a picture is not there instead of missing it.
const explained = 'heic heif svg jp2 j2k jxl psd ico ppm pgm pbm pnm exr dcm fits svs mpo dng cr2 nef arw';
const endings = new Set(`${readable} ${explained}`.split(' '));

/** Whether a file is tried as an image when a folder is added, by the ending of its name (case ignored). */
export function isImageName(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  // A leading dot hides a file: `._photo.jpg` is what macOS leaves beside a picture, not a picture.
  return dot > 0 && !name.startsWith('.') && endings.has(name.slice(dot + 1).toLowerCase());
}
