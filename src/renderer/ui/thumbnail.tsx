import type { ReactNode } from 'react';
import styles from './thumbnail.module.css';

export interface ThumbnailProps {
  readonly src: string;
  readonly alt: string;
  readonly className?: string | undefined;
}

/** A picture that fits into its place without being cut, loaded when it is near the screen. */
export function Thumbnail({ src, alt, className = '' }: ThumbnailProps): ReactNode {
  return (
    <img
      className={`${styles.picture} ${className}`}
      src={src}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
}
