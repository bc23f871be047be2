type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A field that was sent as undefined was not meant to be changed. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;
}
