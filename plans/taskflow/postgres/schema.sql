-- The warehouse: a star schema with one fact a change of state of one task.

create schema if not exists dw;
create table if not exists dw.dim_users (user_key int primary key, user_name text not null, team text not null);
create table if not exists dw.dim_projects (project_key int primary key, project_name text not null, owner_name text);
create table if not exists dw.dim_date (
  date_key int primary key, day date not null unique, day_of_week text not null, iso_week int not null
);
create table if not exists dw.fact_task_events (
  event_key bigint primary key, task_key int not null, user_key int not null references dw.dim_users,
  project_key int not null references dw.dim_projects, date_key int not null references dw.dim_date,
  event_type text not null, minutes_since_previous int, occurred_at timestamptz not null
);
create table if not exists dw.load_log (
  run_id bigint not null, since timestamptz not null, until timestamptz not null, facts bigint not null
);

create or replace view dw.completion_by_project as
select p.project_name, count(*) filter (where event_type = 'created') as created,
  count(*) filter (where event_type = 'completed') as completed
from dw.fact_task_events join dw.dim_projects p using (project_key)
group by p.project_name;
