-- The newest few tables that load balancers had of a service, for second chance: one row for each list of destinations
-- that chose otherwise than the one before it. The newest is the present one.
create table chosen_table (
    service_id   bigint not null references service on delete cascade,
    revision     bigint not null check (revision >= 1),
    affinity     text   not null check (affinity in ('CONNECTION', 'CLIENT_ADDRESS')),
    destinations jsonb  not null,
    primary key (service_id, revision)
);
