-- The operational schema: users, projects, tasks and the log of their state changes. Everything is arithmetic on the
-- task's number, nothing is random: the same :tasks and :days give the same rows on every server.

create schema if not exists ops;
create table if not exists ops.users (id int primary key, name text not null, team text not null);
create table if not exists ops.projects (id int primary key, name text not null, owner_id int not null references ops.users);
create table if not exists ops.tasks (
  id int primary key, project_id int not null references ops.projects, assignee_id int not null references ops.users,
  title text not null, priority text not null, due_on date not null
);
create table if not exists ops.task_events (
  id bigint primary key, task_id int not null references ops.tasks, user_id int not null references ops.users,
  event_type text not null check (event_type in ('created', 'started', 'completed')), occurred_at timestamptz not null
);

insert into ops.users
select i, 'User ' || lpad(i::text, 4, '0'), 'Team ' || chr(65 + i * 7 % 12) from generate_series(1, 100) i
on conflict do nothing;

insert into ops.projects
select i, 'Project ' || lpad(i::text, 3, '0'), 1 + i * 31 % 100 from generate_series(1, 20) i
on conflict do nothing;

insert into ops.tasks
select i, 1 + i * 17 % 20, 1 + i * 13 % 100, 'Task ' || i, (array['low', 'medium', 'high'])[1 + i % 3],
  date '2026-01-01' + i % 30 + 7
from generate_series(1, :tasks) i
on conflict do nothing;

-- A task is created on day i % 30, mostly started a day later, and often completed three days after that. What lies
-- beyond :days has not happened yet.
insert into ops.task_events
select happened.*
from (
  select
    i::bigint * 3 + step as id, i as task_id, 1 + i * 13 % 100 as user_id,
    (array['created', 'started', 'completed'])[step + 1] as event_type,
    timestamptz '2026-01-01 08:00:00+00' + make_interval(days => i % 30 + (array[0, 1, 4])[step + 1], mins => i % 480)
      as occurred_at
  from generate_series(1, :tasks) i, generate_series(0, 2) step
  where step = 0 or i % 10 < 10 - 3 * step
) happened
where occurred_at < timestamptz '2026-01-01 00:00:00+00' + make_interval(days => :days)
on conflict do nothing;
