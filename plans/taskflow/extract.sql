-- Copies what is new in the operational database into staging.
--
-- :operations is its path, :since the last event of the last successful load. If the warehouse
-- itself is behind that (it was made anew), its own last event counts.
attach database :operations as operations;

delete from staging_window;
insert into staging_window (since, until, source_events, source_date)
select
  min(cast(:since as integer), coalesce((select max(event_key) from fact_task_events), 0)),
  coalesce((select max(id) from operations.task_events), 0),
  (select count(*) from operations.task_events),
  (select date(1735689600 + 60 * minute, 'unixepoch') from operations.clock);

delete from staging_events;
insert into staging_events (id, task_id, user_id, event_type, occurred_at)
select id, task_id, user_id, event_type, occurred_at
from operations.task_events
where id > (select since from staging_window)
order by id;

-- The tasks that these events touch.
delete from staging_tasks;
insert into staging_tasks (id, project_id, title, priority, category, status, due_on, previous_event_at)
select
  t.id, t.project_id, t.title, t.priority, t.category, t.status, t.due_on,
  (
    select max(e.occurred_at) from operations.task_events e
    where e.task_id = t.id and e.id <= (select since from staging_window)
  )
from operations.tasks t
where t.id in (select task_id from staging_events)
order by t.id;

-- Small enough to be taken whole.
delete from staging_users;
insert into staging_users select id, name, team, role from operations.users;

delete from staging_projects;
insert into staging_projects select id, name, category, owner_id from operations.projects;
