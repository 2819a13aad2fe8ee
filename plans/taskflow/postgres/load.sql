-- Takes what happened after :since and appends it. It is no upsert: a second run would fail on the keys, and that it never
-- comes to that is the work of "exactly_once".

insert into dw.dim_users select id, name, team from ops.users
on conflict (user_key) do update set user_name = excluded.user_name, team = excluded.team;

insert into dw.dim_projects select p.id, p.name, u.name from ops.projects p join ops.users u on u.id = p.owner_id
on conflict (project_key) do update set project_name = excluded.project_name, owner_name = excluded.owner_name;

insert into dw.dim_date
select distinct to_char(day, 'YYYYMMDD')::int, day, to_char(day, 'FMDay'), extract(isoyear from day)::int * 100
    + extract(week from day)::int
from (select (occurred_at at time zone 'UTC')::date as day from ops.task_events where occurred_at > :since) days
on conflict do nothing;

insert into dw.fact_task_events
select
  e.id, e.task_id, e.user_id, t.project_id, to_char(e.occurred_at at time zone 'UTC', 'YYYYMMDD')::int, e.event_type,
  (extract(epoch from e.occurred_at - e.previous_at) / 60)::int, e.occurred_at
from (
  select *, lag(occurred_at) over (partition by task_id order by occurred_at) as previous_at from ops.task_events
) e
join ops.tasks t on t.id = e.task_id
where e.occurred_at > :since;

-- A run that finds nothing new leaves no trace.
insert into dw.load_log
select :run, :since, max(occurred_at), count(*)
from dw.fact_task_events where occurred_at > :since having count(*) > 0;

do $$ begin raise notice '% facts in all', (select count(*) from dw.fact_task_events); end $$;
