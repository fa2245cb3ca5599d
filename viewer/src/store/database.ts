export interface Statement {
  readonly sql: string;
  readonly parameters?: readonly unknown[];
}

export type Row = Readonly<Record<string, unknown>>;

/** Postgres, embedded or served: the same SQL runs on both. */
export interface Database {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** All or nothing; resolves with the rows of each statement once committed. */
  transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  close(): Promise<void>;
}
