-- Brings the four dimensions up to date (type 1: the newest value replaces the old one).

insert into dim_users (user_key, user_name, team, role)
select id, name, team, role from staging_users where true
on conflict (user_key) do update
set user_name = excluded.user_name, team = excluded.team, role = excluded.role
where (user_name, team, role) is not (excluded.user_name, excluded.team, excluded.role);

insert into dim_projects (project_key, project_name, category, owner_name)
select p.id, p.name, p.category, u.name
from staging_projects p left join staging_users u on u.id = p.owner_id where true
on conflict (project_key) do update
set project_name = excluded.project_name, category = excluded.category, owner_name = excluded.owner_name
where (project_name, category, owner_name) is not (excluded.project_name, excluded.category, excluded.owner_name);

insert into dim_tasks (task_key, title, priority, category, status, due_date_key)
select id, title, priority, category, status, cast(replace(due_on, '-', '') as integer)
from staging_tasks where true
order by id
on conflict (task_key) do update
set title = excluded.title, priority = excluded.priority, category = excluded.category,
  status = excluded.status, due_date_key = excluded.due_date_key;

-- Every day from the first one on, without gaps.
insert into dim_date (date_key, date, day_of_week, week, month, quarter, year)
with recursive
  last (day) as (select substr(max(occurred_at), 1, 10) from staging_events),
  days (day) as (
    select '2025-01-01' where (select day from last) is not null
    union all
    select date(day, '+1 day') from days where day < (select day from last)
  )
select
  cast(replace(day, '-', '') as integer),
  day,
  substr('SunMonTueWedThuFriSat', 1 + 3 * strftime('%w', day), 3),
  cast(strftime('%W', day) as integer),
  cast(strftime('%m', day) as integer),
  (strftime('%m', day) + 2) / 3,
  cast(strftime('%Y', day) as integer)
from days where true
on conflict (date_key) do nothing;
