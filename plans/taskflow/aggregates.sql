-- Counts again the days on which this load brought facts, and no others.

delete from agg_daily_metrics where date_key in (select date_key from staging_facts);

insert into agg_daily_metrics (
  date_key, project_key, tasks_created, tasks_completed, completed_on_time, completion_rate
)
with daily as (
  select
    f.date_key,
    f.project_key,
    sum(f.event_type = 'created') as created,
    sum(f.event_type = 'completed') as completed,
    sum(f.event_type = 'completed' and f.date_key <= t.due_date_key) as on_time
  from fact_task_events f
  join dim_tasks t on t.task_key = f.task_key
  where f.date_key in (select date_key from staging_facts)
  group by f.date_key, f.project_key
)
select date_key, project_key, created, completed, on_time, round(100.0 * on_time / nullif(completed, 0), 1)
from daily;
