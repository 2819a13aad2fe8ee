/// What is asked of a PostgreSQL server to know what a database holds.
enum ServerScript {
  /// A row for each table (kind, name, declaration, number of rows, sum over the rows, then name and sum of each column)
  /// and one for each other object (kind, name, declaration).
  ///
  /// Sums do not depend on the order of rows. Numbers that the server counts up are no part of them, nor are columns that
  /// refer to such numbers: an insert that is rolled back uses one up. Tokens hold the id of a journal, and each copy has
  /// a journal of its own.
  static let text = """
    set timezone = 'UTC';
    set datestyle = 'ISO';
    set intervalstyle = 'postgres';
    set extra_float_digits = 3;
    create function pg_temp.hash(text) returns numeric language sql immutable
      as $$ select ('x' || substr(md5($1), 1, 16))::bit(64)::bigint::numeric $$;
    set search_path = pg_catalog, pg_temp;

    create temporary view mine as
      select c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^(pg_|information_schema$)' and c.relname <> 'execplan_tokens'
        and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e');

    with recursive counted(relation, number) as (
      select adrelid, adnum from pg_attrdef where pg_get_expr(adbin, adrelid) like 'nextval(%'
      union select attrelid, attnum from pg_attribute where attidentity <> ''
      union select k.conrelid, k.conkey[i]
        from pg_constraint k cross join lateral generate_subscripts(k.conkey, 1) i
          join counted on k.confrelid = counted.relation and k.confkey[i] = counted.number
        where k.contype = 'f'
    ), columns as (
      select a.attrelid, a.attname, a.attnum,
        format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
          || case when a.attnotnull then ' not null' else '' end
          || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as declaration,
        (a.attrelid, a.attnum) not in (select relation, number from counted) as counts
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attnum > 0 and not a.attisdropped
    )
    select format('select chr(29), ''table'', %L, %L, count(*), coalesce(sum(pg_temp.hash(%s)), 0)%s from %s t',
      mine.name, string_agg(declaration, ', ' order by attnum),
      coalesce(
        string_agg(format('coalesce(t.%I::text, chr(30))', attname), ' || chr(31) || ' order by attnum)
          filter (where counts), ''''''),
      coalesce(
        string_agg(
          format(', %L, coalesce(sum(pg_temp.hash(coalesce(t.%I::text, chr(30)))), 0)', attname, attname), ''
          order by attnum) filter (where counts), ''),
      mine.name)
    from mine join columns on columns.attrelid = mine.oid
    where mine.relkind in ('r', 'm') group by mine.oid, mine.name order by mine.name
    \\gexec

    select chr(29), 'view', name, pg_get_viewdef(oid) from mine where relkind in ('v', 'm')
    union all select chr(29), 'partitions', name, pg_get_partkeydef(oid) from mine where relkind = 'p'
    union all select chr(29), 'sequence', name, '' from mine where relkind = 'S'
    union all select chr(29), 'index', mine.name, pg_get_indexdef(oid) from mine where relkind in ('i', 'I')
    union all select chr(29), 'constraint', format('%s of %s', k.conname, mine.name), pg_get_constraintdef(k.oid)
      from pg_constraint k join mine on mine.oid = k.conrelid
    union all select chr(29), 'trigger', format('%s of %s', t.tgname, mine.name), pg_get_triggerdef(t.oid)
      from pg_trigger t join mine on mine.oid = t.tgrelid where not t.tgisinternal
    union all select chr(29), 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prokind in ('f', 'p') and n.nspname !~ '^(pg_|information_schema$)'
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select chr(29), 'schema', nspname, '' from pg_namespace where nspname !~ '^(pg_|information_schema$)';

    """
}
