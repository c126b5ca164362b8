-- What people ask for, per site, and the numbered history of it.
--
-- `lineage` is the row every write of a site locks first (COMMIT-ORDER): revisions are numbered in
-- commit order, without gaps. Everything else hangs on it and goes with it. Foreign keys carry
-- site_id, so that nothing can point into another site. Names sort by their bytes whatever the
-- cluster's locale, so that pages of a list fit together on every replica of every database.

create table lineage (
    id           bigint generated always as identity primary key,
    site         text collate "C" not null unique check (site ~ '^[a-z0-9-]{1,63}$'),
    epoch        uuid          not null unique,
    revision     bigint        not null check (revision >= 0),
    next_ordinal bigint        not null check (next_ordinal >= 1)
);

create table revision (
    site_id bigint      not null references lineage on delete cascade,
    number  bigint      not null check (number >= 1),
    at      timestamptz not null,
    actor   text        not null,
    meant   boolean     not null,
    primary key (site_id, number)
);

-- One row for each resource that a revision changed; a null document says that it went.
create table change (
    site_id  bigint not null,
    revision bigint not null,
    kind     text   not null check (kind in ('SITE', 'NODE', 'HOST', 'VIP', 'SERVICE', 'BACKEND')),
    name     text   not null,
    document jsonb,
    primary key (site_id, revision, kind, name),
    foreign key (site_id, revision) references revision on delete cascade
);
create index change_of_resource on change (site_id, kind, name, revision);

create table site (
    id                     bigint primary key references lineage on delete cascade,
    vip_ranges             text[] not null check (cardinality(vip_ranges) >= 1),
    tunnel_ranges          text[] not null,
    encapsulation          text   not null check (encapsulation in ('FOU', 'GUE', 'IPIP')),
    encapsulation_port     integer check (encapsulation_port between 1 and 65535),
    cliff_percent          integer not null check (cliff_percent between 1 and 100),
    max_collateral_percent double precision check (max_collateral_percent between 0 and 100),
    revision               bigint not null,
    check ((encapsulation = 'IPIP') = (encapsulation_port is null)),
    check (encapsulation <> 'FOU' or cardinality(tunnel_ranges) >= 1)
);

create table node (
    id       bigint generated always as identity primary key,
    site_id  bigint        not null references lineage on delete cascade,
    name     text collate "C" not null check (name ~ '^[a-z0-9-]{1,63}$'),
    address  inet          not null,
    revision bigint        not null,
    unique (site_id, name),
    constraint node_address_unique unique (site_id, address) deferrable initially deferred
);

create table host (
    id              bigint generated always as identity primary key,
    site_id         bigint        not null references lineage on delete cascade,
    name            text collate "C" not null check (name ~ '^[a-z0-9-]{1,63}$'),
    address         inet          not null,
    tunnel_address4 inet check (family(tunnel_address4) = 4),
    tunnel_address6 inet check (family(tunnel_address6) = 6),
    revision        bigint        not null,
    unique (site_id, name),
    unique (site_id, id),
    constraint host_address_unique unique (site_id, address) deferrable initially deferred,
    constraint host_tunnel_address4_unique unique (site_id, tunnel_address4) deferrable initially deferred,
    constraint host_tunnel_address6_unique unique (site_id, tunnel_address6) deferrable initially deferred
);

create table vip (
    id       bigint generated always as identity primary key,
    site_id  bigint        not null references lineage on delete cascade,
    name     text collate "C" not null check (name ~ '^[a-z0-9-]{1,63}$'),
    address  inet          not null,
    revision bigint        not null,
    unique (site_id, name),
    unique (site_id, id),
    constraint vip_address_unique unique (site_id, address) deferrable initially deferred
);

-- `state_revision`: when what load balancers program of the service last changed. It runs ahead of
-- `revision` when a backend, a host's address or the site's encapsulation changed.
create table service (
    id              bigint generated always as identity primary key,
    site_id         bigint        not null references lineage on delete cascade,
    name            text collate "C" not null check (name ~ '^[a-z0-9-]{1,63}$'),
    vip_id          bigint        not null,
    affinity        text          not null check (affinity in ('CONNECTION', 'CLIENT_ADDRESS')),
    allowed_sources text[] check (cardinality(allowed_sources) >= 1),
    health_check    jsonb,
    owner           text,
    revision        bigint        not null,
    state_revision  bigint        not null check (state_revision >= revision),
    unique (site_id, name),
    unique (site_id, id),
    unique (id, vip_id),
    foreign key (site_id, vip_id) references vip (site_id, id) deferrable initially deferred
);
create index service_of_vip on service (vip_id);

-- The VIP stands here too, so that the database itself keeps two services off one port of it.
create table service_port (
    service_id bigint  not null references service on delete cascade,
    position   integer not null check (position >= 0),
    vip_id     bigint  not null,
    protocol   text    not null check (protocol in ('TCP', 'UDP')),
    port       integer not null check (port between 1 and 65535),
    primary key (service_id, position),
    constraint service_port_claimed_once unique (vip_id, protocol, port) deferrable initially deferred,
    foreign key (service_id, vip_id) references service (id, vip_id) deferrable initially deferred
);

create table backend (
    id          bigint generated always as identity primary key,
    site_id     bigint  not null,
    service_id  bigint  not null,
    host_id     bigint  not null,
    weight      integer not null check (weight between 1 and 1000),
    admin_state text    not null check (admin_state in ('ENABLED', 'DRAINING', 'DISABLED')),
    ordinal     bigint  not null,
    revision    bigint  not null,
    unique (service_id, host_id),
    unique (site_id, ordinal),
    foreign key (site_id, service_id) references service (site_id, id) on delete cascade,
    foreign key (site_id, host_id) references host (site_id, id)
);
create index backend_of_host on backend (host_id);

-- Agents' bearer tokens: only their SHA-256 is kept. One per node or host.
create table agent_token (
    site_id bigint        not null references lineage on delete cascade,
    role    text          not null check (role in ('NODE', 'HOST')),
    name    text collate "C" not null check (name ~ '^[a-z0-9-]{1,63}$'),
    hash    bytea         not null unique,
    primary key (site_id, role, name)
);

-- What the agents of nodes and hosts last said. It goes with its node or host: one made again under
-- the name has said nothing yet. What `status` reads stands beside the body, which can be large.
create table report (
    site_id          bigint      not null references lineage on delete cascade,
    node_id          bigint      unique references node on delete cascade,
    host_id          bigint      unique references host on delete cascade,
    heard_at         timestamptz not null,
    epoch            text,
    applied_revision bigint,
    refused_revision bigint,
    why              text,
    failures         jsonb       not null,
    tables_digest    text        not null,
    body             jsonb       not null,
    check (num_nonnulls(node_id, host_id) = 1)
);
create index report_of_site on report (site_id);
