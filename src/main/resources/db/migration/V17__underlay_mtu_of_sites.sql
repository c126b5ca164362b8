-- The largest packet that gets from load balancers to backend hosts, in bytes.
alter table site
    add column underlay_mtu integer not null default 1500;
