/** Reconciliations with Exotel's records, the last one of each client. Frozen, as every migration. */
export function reconciliations(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int, small] =
    engine === 'sqlite' ? ['text', 'integer', 'integer'] : ['text collate "C"', 'bigint', 'smallint']
  return [
    `create table reconciliations (
      client ${int} not null primary key,
      run_id ${text} not null,
      started_by ${text} not null,
      state ${small} not null,
      started_at ${int} not null,
      updated_at ${int} not null,
      report ${text} not null
    )`,
  ]
}
