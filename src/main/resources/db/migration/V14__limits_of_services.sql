-- What one service says of flows that a write moves without need; null is what its site says.
alter table service
    add column max_collateral_percent double precision check (max_collateral_percent between 0 and 100);

-- Asked by every write: does any service of the site say something?
create index service_with_limit on service (site_id) where max_collateral_percent is not null;
