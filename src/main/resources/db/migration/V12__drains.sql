-- How long a drain may take. Half an hour: twice the time that IPVS remembers a connection of which
-- it saw the last packet.
alter table backend
    add column drain_seconds integer not null default 1800
        check (drain_seconds between 1 and 604800);

-- Backends that drain: since when, as of which revision, and how that ended. Nothing follows from
-- the end: it is only shown.
create table drain (
    backend_id  bigint      primary key references backend on delete cascade,
    site_id     bigint      not null references lineage on delete cascade,
    since       timestamptz not null,
    revision    bigint      not null,
    drained_at  timestamptz,
    drained_why text,
    -- Whether connections were, or may have been, left.
    at_deadline boolean,
    check (num_nonnulls(drained_at, drained_why, at_deadline) in (0, 3))
);
create index drain_open on drain (site_id) where drained_at is null;

-- What each load balancer last counted, of those that had applied the drain when they did.
create table drain_count (
    backend_id  bigint not null references drain on delete cascade,
    node_id     bigint not null references node on delete cascade,
    connections bigint not null check (connections >= 0),
    primary key (backend_id, node_id)
);
create index drain_count_of_node on drain_count (node_id);

insert into drain (backend_id, site_id, since, revision)
select b.id, b.site_id, now(), b.revision from backend b where b.admin_state = 'DRAINING';
