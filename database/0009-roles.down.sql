-- The roles stay: other databases of the server may have them in use. What was taken from everybody is not given back.
set local search_path to catalyst, public;

do $$
declare
  it record;
  users text := (select string_agg(quote_ident(rolname), ', ') from pg_roles where rolname in
    ('catalyst_projector', 'catalyst_dashboard', 'catalyst_research', 'catalyst_backup'));
begin
  for it in
    select tgrelid::regclass as name, tgname from pg_trigger join pg_class c on c.oid = tgrelid
    where tgname in ('only_added_to', 'ended_once') and not c.relispartition and c.relnamespace = 'catalyst'::regnamespace
  loop
    execute format('drop trigger %I on %s', it.tgname, it.name);
  end loop;
  if users is not null then
    for it in select defaclrole::regrole as name from pg_default_acl where defaclnamespace = 'catalyst'::regnamespace loop
      execute format('alter default privileges for role %s in schema catalyst revoke select on tables from %s', it.name, users);
    end loop;
    execute format('revoke all on all tables in schema catalyst, catalyst_migrations from %s', users);
    execute format('revoke all on schema catalyst, catalyst_migrations from %s', users);
  end if;
end $$;

drop procedure settle_roles();
