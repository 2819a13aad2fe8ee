-- The operational database of TaskFlow: users, projects, tasks and the log of their state changes.
--
-- Everything is arithmetic on the task's number, nothing is random: the same :tasks give the same
-- rows on every machine. The table "simulation" holds what will happen to each task, in minutes
-- since 2025-01-01; advance.sql lets it happen. It reaches 60 days beyond the first load.

drop table if exists clock;
drop table if exists simulation;
drop table if exists task_events;
drop table if exists tasks;
drop table if exists projects;
drop table if exists users;

create table users (
  id integer primary key,
  name text not null,
  team text not null,
  role text not null
);

create table projects (
  id integer primary key,
  name text not null,
  category text not null,
  owner_id integer not null references users (id)
);

create table tasks (
  id integer primary key,
  project_id integer not null references projects (id),
  assignee_id integer not null references users (id),
  title text not null,
  priority text not null,
  category text not null,
  status text not null,
  created_at text not null,
  due_on text not null
);

-- Written once and never changed; the ids follow the time.
create table task_events (
  id integer primary key,
  task_id integer not null references tasks (id),
  user_id integer not null references users (id),
  event_type text not null,
  occurred_at text not null
);

create index task_events_by_task on task_events (task_id);

create table simulation (
  task_id integer primary key,
  project_id integer not null,
  assignee_id integer not null,
  owner_id integer not null,
  created integer not null,
  started integer,
  reviewed integer,
  completed integer
);

-- The minute up to which the simulation has happened, and up to which it shall happen.
create table clock (minute integer not null, target integer not null);
insert into clock values (0, 0);

insert into users
with recursive n (i) as (
  select 1 union all select i + 1 from n where i < max(10, cast(:tasks as integer) / 100)
)
select
  i,
  printf('User %05d', i),
  'Team ' || char(65 + i * 7 % 12),
  case when i % 50 = 0 then 'lead' when i % 9 = 0 then 'designer' when i % 5 = 0 then 'tester' else 'developer' end
from n;

insert into projects
with recursive n (i) as (
  select 1 union all select i + 1 from n where i < max(5, cast(:tasks as integer) / 2000)
)
select
  i,
  printf('Project %03d', i),
  case i % 4 when 0 then 'platform' when 1 then 'product' when 2 then 'research' else 'operations' end,
  1 + i * 31 % (select count(*) from users)
from n;

-- The tasks come evenly over 546 days, then 60 days more at the same pace. a, b and c are
-- multiplicative hashes of the task's number.
insert into simulation
with recursive
  size (tasks, users, projects) as (
    select cast(:tasks as integer), (select count(*) from users), (select count(*) from projects)
  ),
  n (i) as (
    select 1 union all select i + 1 from n where i < (select tasks + tasks * 60 / 546 from size)
  ),
  hashed as (
    select
      i,
      (i * 2654435761 & 4294967295) >> 8 as a,
      (i * 2246822519 & 4294967295) >> 8 as b,
      (i * 3266489917 & 4294967295) >> 8 as c,
      users,
      projects,
      (i - 1) * 546 * 1440 / tasks as created
    from n, size
  ),
  placed as (
    -- Squaring gives the first users more work than the last ones.
    select i, a, b, c, created, 1 + a % projects as project, 1 + (b % users) * (b % users) / users as assignee
    from hashed
  )
select
  i,
  project,
  assignee,
  owner_id,
  created,
  case when c % 100 < 97 then created + 30 + a / 7 % 4320 end,
  case when c % 100 < 88 then created + 4380 + b / 7 % 10080 end,
  -- Projects differ in how many of their tasks they finish.
  case when c % 100 < 62 + project * 29 % 24 then created + 14490 + c / 100 % 4320 end
from placed join projects on projects.id = placed.project;
