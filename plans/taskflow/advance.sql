-- Lets 546 days of the simulation happen (2025-01-01 to 2026-06-30), and :new_events days more.
--
-- What has happened stays: a number of days that is already over changes nothing.

update clock
set target = (546 + cast(:new_events as integer)) * 1440
where target < (546 + cast(:new_events as integer)) * 1440;

-- Tasks that were there before and change in these days.
update tasks
set status = case
    when s.completed < clock.target then 'completed'
    when s.reviewed < clock.target then 'in_review'
    else 'in_progress'
  end
from simulation s, clock
where s.task_id = tasks.id
  and s.created < clock.minute
  and (
    (s.started >= clock.minute and s.started < clock.target)
    or (s.reviewed >= clock.minute and s.reviewed < clock.target)
    or (s.completed >= clock.minute and s.completed < clock.target)
  );

insert into tasks
select
  s.task_id,
  s.project_id,
  s.assignee_id,
  printf('Task %07d', s.task_id),
  case when s.task_id * 13 % 10 < 2 then 'high' when s.task_id * 13 % 10 < 7 then 'normal' else 'low' end,
  case s.task_id * 17 % 5 when 0 then 'bug' when 1 then 'chore' else 'feature' end,
  case
    when s.completed < clock.target then 'completed'
    when s.reviewed < clock.target then 'in_review'
    when s.started < clock.target then 'in_progress'
    else 'created'
  end,
  strftime('%Y-%m-%d %H:%M', 1735689600 + 60 * s.created, 'unixepoch'),
  date(1735689600 + 60 * s.created, 'unixepoch', printf('+%d days', 10 + s.task_id * 11 % 9))
from simulation s, clock
where s.created >= clock.minute and s.created < clock.target
order by s.task_id;

insert into task_events (task_id, user_id, event_type, occurred_at)
select task_id, user_id, event_type, strftime('%Y-%m-%d %H:%M', 1735689600 + 60 * at_minute, 'unixepoch')
from (
  select task_id, owner_id as user_id, 'created' as event_type, created as at_minute from simulation
  union all
  select task_id, assignee_id, 'in_progress', started from simulation
  union all
  select task_id, assignee_id, 'in_review', reviewed from simulation
  union all
  select task_id, assignee_id, 'completed', completed from simulation
)
where at_minute >= (select minute from clock) and at_minute < (select target from clock)
order by at_minute, task_id, event_type;

update clock set minute = target where minute < target;
