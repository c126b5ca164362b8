-- At what stage the move of a service from old load balancers to its backends is. No row: LIVE, and
-- there never were old ones.
--
-- The weights stand here and are not computed by each reader, so that replicas of two versions, and
-- those who read history years later, make the same table (SAME-TABLE).
create table migration (
    service_id     bigint primary key,
    site_id        bigint       not null,
    stage          text         not null check (stage in ('LEGACY', 'SHADOW', 'CANARY', 'LIVE')),
    percent        numeric(6, 3) check (percent > 0 and percent < 100),
    -- Of the heaviest backend beside the old load balancers; null: nominal weights.
    backend_weight integer      check (backend_weight >= 1),
    -- Whether a sibling on the VIP is announced, so that packets come here at any stage.
    forwards       boolean      not null,
    -- [{address, ordinal, weight}] in ascending order of their ordinals.
    legacy         jsonb        not null,
    revision       bigint       not null,
    check ((stage = 'CANARY') = (percent is not null)),
    check (stage <> 'CANARY' or backend_weight is not null),
    foreign key (site_id, service_id) references service (site_id, id) on delete cascade
);

alter table change drop constraint change_kind_check;
alter table change add constraint change_kind_check
    check (kind in ('SITE', 'NODE', 'HOST', 'VIP', 'SERVICE', 'BACKEND', 'MIGRATION'));
