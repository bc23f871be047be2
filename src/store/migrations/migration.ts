/** One step from a schema version to the next. Once released it never changes. */
export interface Migration {
  /** The version that the database has afterwards. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
