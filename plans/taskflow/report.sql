-- The report, one line of markdown a row.

select '# TaskFlow analytics';
select '';
select printf('Data up to %s. Numbers of the last load first, then the three dashboards.',
  (select date from dim_date where date_key = (select max(date_key) from fact_task_events)));

select '';
select '## Loads';
select '';
select '| day | events from | to | extracted | facts in all | failed checks |';
select '|---|--:|--:|--:|--:|--:|';
-- No clock: the same data gives the same report. How long each load took stands in etl_run_log.
select printf('| %s | %d | %d | %d | %d | %d |', date(started_at), watermark_from, watermark_to,
  events_extracted, facts_total, checks_failed)
from etl_run_log order by started_at desc limit 10;

select '';
select '## Warehouse';
select '';
select '| table | rows |';
select '|---|--:|';
select printf('| %s | %d |', name, n) from (
  select 'fact_task_events' as name, count(*) as n from fact_task_events
  union all select 'dim_users', count(*) from dim_users
  union all select 'dim_projects', count(*) from dim_projects
  union all select 'dim_tasks', count(*) from dim_tasks
  union all select 'dim_date', count(*) from dim_date
  union all select 'agg_daily_metrics', count(*) from agg_daily_metrics
);

select '';
select '## Data quality';
select '';
select '| check | expected | found | failures |';
select '|---|--:|--:|--:|';
select printf('| %s | %s | %s | %d |', check_name, expected, actual, failures) from data_quality_latest;

select '';
select '## Completion by project, last 30 days (first ten)';
select '';
select '| project | created | completed | completion % | on time % |';
select '|---|--:|--:|--:|--:|';
select printf('| %s | %d | %d | %.1f | %.1f |', project_name, tasks_created, tasks_completed,
  completion_rate_pct, on_time_pct)
from dashboard_completion_by_project limit 10;

select '';
select '## Top ten users, last 7 days';
select '';
select '| user | team | tasks completed |';
select '|---|---|--:|';
select printf('| %s | %s | %d |', user_name, team, tasks_completed) from dashboard_top_users;

select '';
select '## Created and completed, last 90 days by week';
select '';
select '| week from | created | completed |';
select '|---|--:|--:|';
select printf('| %s | %d | %d |', min(date), sum(tasks_created), sum(tasks_completed))
from dashboard_daily_trend
group by date(date, 'weekday 0', '-6 days')
order by min(date);
