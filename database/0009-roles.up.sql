-- What is only added to, and who may do what. Roles belong to the whole server: databases on one server share them.

set local search_path to catalyst, public;

-- One trigger a table, and none that is asked for each row that comes.
do $$
declare
  it regclass;
begin
  for it in
    select oid from pg_class
    where relnamespace = 'catalyst'::regnamespace and relkind in ('r', 'p') and relname not in ('journal_positions', 'securities')
      -- Partitions that are there already have theirs.
      and not relispartition
  loop
    execute format('create trigger only_added_to before update or delete or truncate on %s execute function refuse_change()', it);
  end loop;
end $$;

-- How far a projection has read moves on; and a symbol ends one day, which is told once.
create trigger only_added_to before delete or truncate on journal_positions execute function refuse_change();
create trigger only_added_to
  before update of security_id, market_id, symbol, valid_from, exchange_id, predecessor_id or delete or truncate on securities
  execute function refuse_change();
create trigger ended_once before update of valid_to on securities
  for each row when (old.valid_to <> 'infinity' or new.valid_to = 'infinity') execute function refuse_change();

create procedure settle_roles() language plpgsql as $$
declare
  all_roles constant text[] := array['catalyst_migrator', 'catalyst_projector', 'catalyst_dashboard', 'catalyst_research', 'catalyst_backup'];
  role_name text;
  there text[];
  users text;
  owner_name text := current_user;
  it record;
begin
  perform set_config('search_path', 'catalyst, pg_temp', true);
  foreach role_name in array all_roles loop
    begin
      if not exists (select from pg_roles where rolname = role_name) then
        execute format('create role %I nologin', role_name);
      end if;
    exception
      -- Another database of the server has just made it.
      when duplicate_object or unique_violation then null;
      -- A server on which others make the roles: who is missing is told by "catalyst db roles".
      when insufficient_privilege then null;
    end;
  end loop;
  there := array(select rolname::text from pg_roles where rolname = any (all_roles));

  -- Nothing for everybody.
  revoke all on schema catalyst, catalyst_migrations from public;
  revoke all on all tables in schema catalyst, catalyst_migrations from public;
  revoke execute on function ensure_bars_month(date), refuse_change() from public;
  revoke execute on procedure settle_roles() from public;
  begin
    revoke all on schema public from public;
  exception when insufficient_privilege then null;
  end;
  begin
    execute format('revoke all on database %I from public', current_database());
  exception when insufficient_privilege then null;
  end;

  -- Whoever reads may not fill the disk with large objects or hold the locks of others. Only a superuser can take that away.
  if (select rolsuper from pg_roles where rolname = current_user) then
    for it in
      select oid::regprocedure as name, proname ~ 'advisory' as is_lock from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace
        and (proname ~ '^pg_(try_)?advisory_' or proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lowrite', 'lo_truncate',
          'lo_truncate64', 'lo_unlink', 'pg_logical_emit_message'))
    loop
      execute format('revoke execute on function %s from public', it.name);
      for role_name in select unnest(there) except values ('catalyst_dashboard'), ('catalyst_research') loop
        if it.is_lock then
          execute format('grant execute on function %s to %I', it.name, role_name);
        end if;
      end loop;
    end loop;
  end if;

  -- Everything belongs to the migrator, so that nothing runs with the rights of a superuser.
  if 'catalyst_migrator' = any (there) then
    begin
      if not pg_has_role(current_user, 'catalyst_migrator', 'usage') then
        execute format('grant catalyst_migrator to %I', current_user);
      end if;
      execute format('grant connect, create on database %I to catalyst_migrator', current_database());
      for it in
        select format('schema %I', nspname) as name from pg_namespace
          where nspname in ('catalyst', 'catalyst_migrations') and nspowner <> 'catalyst_migrator'::regrole
        union all
        select format('%s %s', case c.relkind when 'v' then 'view' else 'table' end, c.oid::regclass) from pg_class c
          where c.relnamespace::regnamespace::text in ('catalyst', 'catalyst_migrations') and c.relkind in ('r', 'p', 'v')
            and c.relowner <> 'catalyst_migrator'::regrole
        union all
        select format('%s %s', case typtype when 'd' then 'domain' else 'type' end, oid::regtype) from pg_type
          where typnamespace = 'catalyst'::regnamespace and typtype in ('d', 'e') and typowner <> 'catalyst_migrator'::regrole
        union all
        select format('routine %s', p.oid::regprocedure) from pg_proc p
          where pronamespace = 'catalyst'::regnamespace and proowner <> 'catalyst_migrator'::regrole
            and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      loop
        execute format('alter %s owner to catalyst_migrator', it.name);
      end loop;
      owner_name := 'catalyst_migrator';
    exception
      -- May not hand over, or the same grant was made elsewhere in the same instant: who migrates keeps what is theirs.
      when insufficient_privilege or unique_violation then null;
    end;
  end if;

  users := (select string_agg(quote_ident(name), ', ') from unnest(there) name where name <> 'catalyst_migrator');
  if users is null then
    return;
  end if;
  begin
    execute format('grant connect on database %I to %s', current_database(), users);
  exception when insufficient_privilege then null;
  end;
  execute format('grant usage on schema catalyst, catalyst_migrations to %s', users);
  execute format('grant select on all tables in schema catalyst, catalyst_migrations to %s', users);
  execute format('alter default privileges for role %I in schema catalyst grant select on tables to %s', owner_name, users);
  if 'catalyst_projector' = any (there) then
    for it in
      select oid::regclass as name from pg_class
      where relnamespace = 'catalyst'::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname not in ('markets', 'exchanges', 'sectors')
    loop
      execute format('grant insert on %s to catalyst_projector', it.name);
    end loop;
    grant update on journal_positions to catalyst_projector;
    grant update (valid_to) on securities to catalyst_projector;
    grant execute on function ensure_bars_month(date) to catalyst_projector;
  end if;
end $$;
comment on procedure settle_roles is 'Makes the roles that are missing, where the caller may, and gives each what it is for. Safe to call again.';

call settle_roles();
