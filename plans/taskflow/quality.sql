-- Runs the five quality checks over the whole warehouse and writes down what they found.
--
-- The rows of an earlier try of the same run are replaced. The plan's checks read the log.

delete from data_quality_log where run_id = :run;

insert into data_quality_log (run_id, check_name, severity, expected, actual, failures, logged_at)
with
  result (check_name, severity, expected, actual, failures) as (
    -- 1. The same change of the same task is there only once.
    select 'no duplicate events', 'error', 0, n, n from (
      select count(*) - (
        select count(*) from (select distinct task_key, event_type, date_key, minute_of_day from fact_task_events)
      ) as n from fact_task_events
    )
    union all
    -- 2. Every key leads to a row of its dimension.
    select 'referential integrity', 'error', 0, n, n from (
      select count(*) as n from fact_task_events f
      where not exists (select 1 from dim_users u where u.user_key = f.user_key)
        or not exists (select 1 from dim_projects p where p.project_key = f.project_key)
        or not exists (select 1 from dim_tasks t where t.task_key = f.task_key)
        or not exists (select 1 from dim_date d where d.date_key = f.date_key)
    )
    union all
    -- 3. No event before 2025, after the source's own date, outside of a day or before its predecessor.
    select 'timestamp validity', 'error', 0, n, n from (
      select count(*) as n from fact_task_events
      where date_key < 20250101
        or date_key > (select cast(replace(source_date, '-', '') as integer) from staging_window)
        or minute_of_day not between 0 and 1439
        or duration < 0
    )
    union all
    -- 4. Nothing that a fact needs is missing.
    select 'completeness', 'error', 0, n, n from (
      select count(*) as n from fact_task_events
      where task_key is null or user_key is null or project_key is null or date_key is null
        or minute_of_day is null or event_type is null or duration is null or task_count is null
    )
    union all
    -- 5. As many facts as the source has events, give or take 20 per cent.
    select 'volume', 'warn', source, facts, abs(facts - source) > 0.2 * source from (
      select source_events as source, (select count(*) from fact_task_events) as facts from staging_window
    )
  )
select :run, check_name, severity, expected, actual, failures, strftime('%Y-%m-%dT%H:%M:%fZ')
from result;

update etl_run_log
set facts_total = (select count(*) from fact_task_events),
  checks_failed = (select count(*) from data_quality_log where run_id = :run and failures > 0),
  finished_at = strftime('%Y-%m-%dT%H:%M:%fZ')
where run_id = :run;
