declare const brand: unique symbol;

/** A type that cannot be mixed up with another of the same shape: `Brand<number, 'ImagePx'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
