-- Every replica asks after each change what is newer than the revision it knows.
create index node_changed on node (site_id, revision);
create index host_changed on host (site_id, revision);
create index service_changed on service (site_id, state_revision);
create index revision_meant on revision (site_id, number) where meant;
create index change_gone on change (site_id, revision) where document is null;
