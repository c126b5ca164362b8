-- What is known of a backend's health, and what follows from it: whether it serves. `serving` is
-- stored, since it depends on the other backends of the service too (a service fails open).
-- Health is null where nobody asks for it. Whoever served before this was here is taken to be up.
alter table backend
    add column serving      boolean,
    add column health       text check (health in ('UNTRIED', 'UP', 'DOWN')),
    add column health_why   text,
    add column health_since timestamptz,
    add constraint backend_health_has_a_reason
        check (num_nonnulls(health, health_why, health_since) in (0, 3));
update backend set serving = admin_state = 'ENABLED';
update backend b
set health = 'UP', health_why = 'not probed yet; it served before it was', health_since = now()
from service s
where s.id = b.service_id and s.health_check is not null;
alter table backend alter column serving set not null;
create index backend_not_up on backend (site_id) where health <> 'UP';

-- What one load balancer last said of one backend. An absent row: it has said nothing yet.
create table health_opinion (
    backend_id bigint      not null references backend on delete cascade,
    node_id    bigint      not null references node on delete cascade,
    up         boolean     not null,
    why        text,
    since      timestamptz not null,
    primary key (backend_id, node_id)
);
create index health_opinion_of_node on health_opinion (node_id);
create index health_opinion_bad on health_opinion (backend_id) where not up;

-- What a system outside says of a backend, until then.
create table health_statement (
    backend_id bigint      primary key references backend on delete cascade,
    up         boolean     not null,
    why        text        not null,
    said_by    text        not null,
    since      timestamptz not null,
    expires_at timestamptz not null
);

-- Every change of a verdict.
create table health_transition (
    id         bigint generated always as identity primary key,
    backend_id bigint      not null references backend on delete cascade,
    at         timestamptz not null,
    health     text        not null check (health in ('UNTRIED', 'UP', 'DOWN')),
    why        text        not null
);
create index health_transition_of_backend on health_transition (backend_id, at);
