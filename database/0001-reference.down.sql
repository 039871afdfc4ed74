drop schema catalyst cascade;
