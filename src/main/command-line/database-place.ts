import type { Command } from 'commander';

/** Where the database is; every command of the group takes it. */
export const databasePlace = (command: Command): Command =>
  command
    .option('--database <dir>', "the folder of our own server; otherwise DATABASE_URL, CATALYST_DATABASE, or 'data/database'")
    .option('--name <database>', 'which database on it', 'catalyst_production');
