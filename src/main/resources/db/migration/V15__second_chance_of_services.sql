-- Whether backend hosts send on packets of connections that they do not know. The tables are kept
-- in any case: who switches it on again has the history at once.
alter table service add column second_chance boolean not null default true;
