-- After the first load, so that it fills tables without indexes; later loads find them there.

create index if not exists idx_fact_date on fact_task_events (date_key);
create index if not exists idx_fact_user on fact_task_events (user_key);
create index if not exists idx_fact_project on fact_task_events (project_key);
create index if not exists idx_fact_composite on fact_task_events (date_key, project_key, user_key);
