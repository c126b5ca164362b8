-- Encapsulations that hosts take packets in beside the site's own, so that it can be changed to one
-- of them: `IPIP`, `GUE/6080`, `FOU/5555`.
alter table site
    add column accepts text[] not null default '{}';
