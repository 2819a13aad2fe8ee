-- Makes facts out of staged events: keys of the dimensions, and the time in the state before.

delete from staging_facts;
insert into staging_facts
select
  e.id,
  e.task_id,
  e.user_id,
  t.project_id,
  cast(replace(substr(e.occurred_at, 1, 10), '-', '') as integer),
  60 * substr(e.occurred_at, 12, 2) + substr(e.occurred_at, 15, 2),
  e.event_type,
  -- The event before stands in this load or, for a task that is older, with the task.
  coalesce(
    unixepoch(e.occurred_at) - unixepoch(
      lag(e.occurred_at, 1, t.previous_event_at) over (partition by e.task_id order by e.id)
    ),
    0
  ) / 60,
  1
from staging_events e
join staging_tasks t on t.id = e.task_id
order by e.id;
