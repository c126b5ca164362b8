-- Steps that a migration takes by itself, while nothing is out of bounds. It makes no revision: only
-- the steps do.
create table migration_schedule (
    service_id bigint       primary key,
    site_id    bigint       not null,
    -- [{percent, soakSeconds}], ascending.
    steps      jsonb        not null,
    state      text         not null check (state in ('RUNNING', 'PAUSED', 'HALTED', 'DONE')),
    -- The migration's percentage when the schedule last moved it, or was let run: another one means
    -- that a person did something.
    at_percent numeric(6, 3) not null,
    since      timestamptz  not null,
    why        text,
    foreign key (site_id, service_id) references service (site_id, id) on delete cascade
);
create index migration_schedule_running on migration_schedule (site_id) where state = 'RUNNING';
