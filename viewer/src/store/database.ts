export type Row = Readonly<Record<string, unknown>>;

export type Query = (sql: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Postgres, embedded or served: the same SQL runs on both. */
export interface Database {
  readonly query: Query;
  /** All or nothing; resolves once committed. Transactions of one database run one after another. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /** One statement of a person: reads only, ends in time. */
  readOnly(sql: string, timeoutMs: number): Promise<Table>;
  /** In bytes. */
  size(): Promise<number>;
  close(): Promise<void>;
}
