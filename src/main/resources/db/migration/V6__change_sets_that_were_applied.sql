-- Change sets that were applied under a key of their caller's, so that the same one, sent again
-- because its answer was lost, is answered alike and not carried out twice. `hash` is the SHA-256
-- of what was asked, in hexadecimal.
create table applied (
    site_id bigint      not null references lineage on delete cascade,
    actor   text        not null,
    key     text        not null,
    at      timestamptz not null,
    hash    text        not null,
    answer  text        not null,
    primary key (site_id, actor, key)
);
create index applied_by_age on applied (site_id, at);
