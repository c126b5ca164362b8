-- Whether backend hosts send flows of UDP on as well. Nobody asked for it before there was it.
alter table service add column udp_second_chance boolean not null default false;
