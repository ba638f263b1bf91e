// Which database this is, and whether it still has everything that it had. After a failover a standby may lack the last
// transactions, and after a restore rows are as they were before. All that a process remembers of the former database is
// then not believed any more: its listeners begin again at what the present one has.
//
// A database that takes no changes is none for us: a standby, or a primary that was demoted and stays up read-only. Its
// data grows old, and each connection to it ends, so that the next one finds the present primary.
//
// A database is known by its system identifier and its timeline: each promotion and each recovery to a point in time
// begins another one. On the same timeline its log only grows, unless a copy of the files was put back.
import type { Logger } from '../logger.ts';

export interface Identity {
  /** System identifier and timeline. Null in a standby. */
  lineage: string | null;
  /** The end of its log, in bytes. Null in a standby. */
  log: number | null;
  /** It takes changes. */
  writable: boolean;
}

/** As a column. */
export const WRITABLE = `NOT pg_is_in_recovery() AND NOT current_setting('transaction_read_only')::boolean AS writable`;
/** SQLSTATE of a change that a read-only database refuses. */
export const READ_ONLY = '25006';
/** As a server that recovers would: the database may be there soon. */
export const notWritable = (): Error =>
  Object.assign(new Error('the database takes no changes: it is a standby, or read-only'), {
    code: '57P03',
    severity: 'FATAL',
  });

/** As columns. Functions that every role may call; a standby would refuse the last ones. */
export const IDENTITY_COLUMNS = `
  CASE WHEN NOT pg_is_in_recovery() THEN
    (SELECT system_identifier FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
  END AS lineage,
  CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 END AS log,
  ${WRITABLE}
`;
/** For a database that does not tell it, as some managed ones. Its record of the topic is then the only sign. */
export const NO_IDENTITY_COLUMNS = `NULL::text AS lineage, NULL::float8 AS log, ${WRITABLE}`;

type Listener = (reason: string) => void;

export class Lineage {
  #lineage: string | null = null;
  #log = 0;
  #seenAt = -Infinity;
  #told = true;
  readonly #listeners = new Set<Listener>();
  readonly #refusals = new Set<() => void>();

  constructor(private readonly log: Pick<Logger, 'warn'>) {}

  /** Null where the database does not tell it, or was not asked yet. */
  get current(): string | null {
    return this.#lineage;
  }

  /** The columns that tell it. */
  get columns(): string {
    return this.#told ? IDENTITY_COLUMNS : NO_IDENTITY_COLUMNS;
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls the listener where the database was found to take no changes: its connections are of no use. */
  onRefusal(listener: () => void): () => void {
    this.#refusals.add(listener);
    return () => this.#refusals.delete(listener);
  }

  /** The database takes no changes. */
  refuse(): void {
    for (const listener of this.#refusals) listener();
  }

  /** The database does not tell it. */
  notTold(reason: string): void {
    if (!this.#told) return;
    this.#told = false;
    this.log.warn({ reason }, 'the database does not tell its timeline: a failover is noticed by its records alone');
  }

  /**
   * @param beganAt when it was asked, by performance.now()
   * @returns whether the database is another one than before, or lacks something that it had
   */
  observe({ lineage, log }: Omit<Identity, 'writable'>, beganAt: number): boolean {
    if (lineage === null || log === null) return false;
    const former = this.#lineage;
    // Answers may overtake each other: only a question that was asked after the last answer can tell that the log shrank.
    const shrank = former === lineage && beganAt > this.#seenAt && log < this.#log;
    const other = former !== null && former !== lineage;
    this.#lineage = lineage;
    this.#log = other || shrank ? log : Math.max(this.#log, log);
    this.#seenAt = performance.now();
    if (other) this.changed(`the database is another one: ${former} became ${lineage}`);
    else if (shrank) this.changed('the database was put back: its log is shorter than it was');
    return other || shrank;
  }

  /** Tells everybody that the database lacks something that it had. */
  changed(reason: string): void {
    this.log.warn({ reason }, 'the database has changed: everything is read again from its own records');
    for (const listener of this.#listeners) listener(reason);
  }
}
