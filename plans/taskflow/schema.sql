-- The warehouse, made anew and empty: staging, star schema, logs and the views of the dashboards.
--
-- Runs for the first load and when the operational database is another one (:tasks). Any later load
-- adds to what is there.

drop view if exists dashboard_completion_by_project;
drop view if exists dashboard_top_users;
drop view if exists dashboard_daily_trend;
drop view if exists data_quality_latest;
drop table if exists staging_window;
drop table if exists staging_users;
drop table if exists staging_projects;
drop table if exists staging_tasks;
drop table if exists staging_events;
drop table if exists staging_facts;
drop table if exists fact_task_events;
drop table if exists agg_daily_metrics;
drop table if exists dim_users;
drop table if exists dim_projects;
drop table if exists dim_tasks;
drop table if exists dim_date;
drop table if exists data_quality_log;
drop table if exists etl_run_log;
drop table if exists warehouse_source;

create table warehouse_source (tasks integer not null);
insert into warehouse_source values (cast(:tasks as integer));

-- Staging: what one extract brought, as it was. Emptied by the next extract.

-- Events with since < id <= until are in this load. source_events is the control total, source_date
-- the day up to which the source had come.
create table staging_window (
  since integer not null, until integer not null, source_events integer not null, source_date text not null
);
create table staging_users (id integer primary key, name text, team text, role text);
create table staging_projects (id integer primary key, name text, category text, owner_id integer);
create table staging_tasks (
  id integer primary key, project_id integer, title text, priority text, category text, status text,
  due_on text,
  previous_event_at text  -- the last change before this load, null for a new task
);
create table staging_events (
  id integer primary key, task_id integer, user_id integer, event_type text, occurred_at text
);
create table staging_facts (
  event_key integer primary key, task_key integer, user_key integer, project_key integer,
  date_key integer, minute_of_day integer, event_type text, duration integer, task_count integer
);

-- Star schema. The quality checks look for nulls, so the facts do not forbid them.

create table dim_users (user_key integer primary key, user_name text, team text, role text);
create table dim_projects (project_key integer primary key, project_name text, category text, owner_name text);
create table dim_tasks (
  task_key integer primary key, title text, priority text, category text, status text, due_date_key integer
);
create table dim_date (
  date_key integer primary key,  -- YYYYMMDD
  date text not null, day_of_week text not null, week integer not null, month integer not null,
  quarter integer not null, year integer not null
);

-- Grain: one change of state of one task.
create table fact_task_events (
  event_key integer primary key,  -- the source's event id: an event is loaded once
  task_key integer, user_key integer, project_key integer, date_key integer, minute_of_day integer,
  event_type text,
  duration integer,   -- minutes in the state that this event ended
  task_count integer  -- always 1
);

create table agg_daily_metrics (
  date_key integer, project_key integer,
  tasks_created integer, tasks_completed integer, completed_on_time integer,
  completion_rate real,  -- per cent of the completed tasks that were on time
  primary key (date_key, project_key)
) without rowid;

-- Logs.

create table etl_run_log (
  run_id text primary key, started_at text, watermark_from integer, watermark_to integer,
  source_events integer, events_extracted integer, facts_total integer, checks_failed integer,
  finished_at text
);
create table data_quality_log (
  run_id text, check_name text, severity text, expected text, actual text, failures integer, logged_at text,
  primary key (run_id, check_name)
);

create view data_quality_latest as
select * from data_quality_log
where run_id = (select run_id from data_quality_log order by logged_at desc limit 1);

-- Dashboards. "Today" is the day of the newest fact, so that the same data give the same answer.
-- "cross join" keeps SQLite to the written order: the few days first, then what happened on them.

create view dashboard_completion_by_project as
with today (date) as (
  select date from dim_date where date_key = (select max(date_key) from fact_task_events)
)
select
  p.project_name,
  sum(a.tasks_created) as tasks_created,
  sum(a.tasks_completed) as tasks_completed,
  round(100.0 * sum(a.tasks_completed) / nullif(sum(a.tasks_created), 0), 1) as completion_rate_pct,
  round(100.0 * sum(a.completed_on_time) / nullif(sum(a.tasks_completed), 0), 1) as on_time_pct
from today
cross join dim_date d on d.date > date(today.date, '-30 days')
cross join agg_daily_metrics a on a.date_key = d.date_key
join dim_projects p on p.project_key = a.project_key
group by p.project_key
order by tasks_completed desc, p.project_name;

create view dashboard_top_users as
with today (date) as (
  select date from dim_date where date_key = (select max(date_key) from fact_task_events)
)
select u.user_name, u.team, count(distinct f.task_key) as tasks_completed
from today
cross join dim_date d on d.date > date(today.date, '-7 days')
cross join fact_task_events f on f.date_key = d.date_key and f.event_type = 'completed'
join dim_users u on u.user_key = f.user_key
group by u.user_key
order by tasks_completed desc, u.user_name
limit 10;

create view dashboard_daily_trend as
with today (date) as (
  select date from dim_date where date_key = (select max(date_key) from fact_task_events)
)
select d.date, d.day_of_week, sum(a.tasks_created) as tasks_created, sum(a.tasks_completed) as tasks_completed
from today
cross join dim_date d on d.date > date(today.date, '-90 days')
cross join agg_daily_metrics a on a.date_key = d.date_key
group by d.date_key
order by d.date;
