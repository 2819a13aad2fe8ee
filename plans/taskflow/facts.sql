-- Appends the new facts. One that is there already stays as it is, so repeating this is harmless.

insert into fact_task_events (
  event_key, task_key, user_key, project_key, date_key, minute_of_day, event_type, duration, task_count
)
select event_key, task_key, user_key, project_key, date_key, minute_of_day, event_type, duration, task_count
from staging_facts where true
order by event_key
on conflict (event_key) do nothing;
