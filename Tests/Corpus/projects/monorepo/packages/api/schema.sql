create table t (n);
