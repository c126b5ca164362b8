-- A load balancer that a person takes out: why, since when and by whom. Its own revision, since the
-- node's moves with its address too.
alter table node
    add column maintenance_reason   text,
    add column maintenance_since    timestamptz,
    add column maintenance_by       text,
    add column maintenance_revision bigint,
    add check (num_nonnulls(maintenance_reason, maintenance_since, maintenance_by,
                            maintenance_revision) in (0, 4));

-- What a load balancer says it announces stands beside the body, which can be large. The time is
-- that of the first report in a row with nothing announced; null while anything is.
alter table report
    add column announced      jsonb not null default '[]',
    add column withheld       jsonb not null default '[]',
    add column announces      boolean,
    add column withdrawn_at   timestamptz;
