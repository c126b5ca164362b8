-- Every write, and every one that was refused. It outlives the sites it speaks of, and the role that
-- adds to it can neither change nor remove what is there: not by its rights, and not as the table's
-- owner or a superuser, whom rights do not bind, without taking the triggers away first.
create table audit (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default clock_timestamp(),
    actor    text        not null,
    origin   text        not null,
    method   text        not null,
    path     text        not null,
    query    text,
    outcome  text        not null check (outcome in ('DONE', 'UNCHANGED', 'REFUSED')),
    status   integer,
    reason   text,
    override text,
    meant    boolean,
    site     text,
    revision bigint,
    changes  jsonb,
    check ((outcome = 'REFUSED') = (status is not null)),
    check ((outcome = 'DONE') = (revision is not null))
);
create index audit_by_time on audit (at);
create index audit_by_actor on audit (actor, id);

create function audit_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only added to (% refused)', lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_is_only_added_to before update or delete or truncate on audit
    for each statement execute function audit_is_only_added_to();

revoke update, delete, truncate on audit from public, current_user;
