-- What was published, and what it was taken to mean.

set local search_path to catalyst, public;

create type catalyst_kind as enum (
  'unexplained_surge', 'earnings', 'guidance', 'fda', 'm_and_a', 'analyst', 'contract', 'capital_action', 'legal', 'product',
  'macro', 'other_news', 'offering', 'split', 'halt', 'insider', 'management');

create table news_items (
  journal_id bigint not null references journals,
  sequence bigint not null,
  vendor_id text not null,
  known_at timestamptz not null,
  published_at timestamptz,
  source text not null,
  headline text not null,
  primary key (journal_id, sequence)
);
create index news_items_by_time on news_items (journal_id, known_at);
comment on table news_items is 'Headlines as they were read.';
comment on column news_items.vendor_id is 'The vendor''s own name of it, or file and line.';
comment on column news_items.known_at is 'When the house could have read it.';
comment on column news_items.published_at is 'When its publisher says that it was published; null when only a date, or nothing, is known.';

create table news_item_securities (
  journal_id bigint not null,
  news_sequence bigint not null,
  security_id bigint not null references securities,
  primary key (journal_id, news_sequence, security_id),
  foreign key (journal_id, news_sequence) references news_items
);
create index news_item_securities_by_security on news_item_securities (security_id, journal_id, news_sequence);
comment on table news_item_securities is 'The names that the vendor itself puts to a headline.';

create table catalyst_events (
  journal_id bigint not null references journals,
  sequence bigint not null,
  recorded_at timestamptz not null,
  news_sequence bigint not null,
  security_id bigint not null references securities,
  story_sequence bigint not null,
  outlets integer not null check (outlets > 0),
  kind catalyst_kind not null,
  direction smallint not null check (direction between -1 and 1),
  strength double precision not null check (strength between 0 and 1),
  primary key (journal_id, sequence),
  foreign key (journal_id, news_sequence) references news_items,
  foreign key (journal_id, story_sequence) references news_items
);
create index catalyst_events_by_security on catalyst_events (security_id, journal_id, recorded_at);
create index catalyst_events_by_news on catalyst_events (journal_id, news_sequence);
create index catalyst_events_by_story on catalyst_events (journal_id, story_sequence);
comment on table catalyst_events is 'What a headline means for one name.';
comment on column catalyst_events.story_sequence is 'The headline that told the story first.';
comment on column catalyst_events.outlets is 'How many outlets had told it by then.';
comment on column catalyst_events.strength is '0 to 1 when it was published; it fades from then on.';

create table catalyst_evidence (
  journal_id bigint not null,
  catalyst_sequence bigint not null,
  place smallint not null check (place > 0),
  from_character integer not null check (from_character >= 0),
  to_character integer not null,
  primary key (journal_id, catalyst_sequence, place),
  foreign key (journal_id, catalyst_sequence) references catalyst_events,
  check (from_character <= to_character)
);
comment on table catalyst_evidence is 'Which characters of the headline say so.';

create table news_sentiment (
  journal_id bigint not null,
  catalyst_sequence bigint not null,
  polarity double precision not null check (polarity between -1 and 1),
  reliability double precision not null check (reliability between 0 and 1),
  primary key (journal_id, catalyst_sequence),
  foreign key (journal_id, catalyst_sequence) references catalyst_events
);
comment on table news_sentiment is 'How good or bad the words are for the name, and what the source was worth by then.';

-- What the other columns hold.
comment on column news_items.journal_id is 'The journal that tells it.';
comment on column news_items.sequence is 'The entry that tells it.';
comment on column news_items.source is 'Who published it.';
comment on column news_items.headline is 'The text as it was read.';
comment on column news_item_securities.journal_id is 'The journal that tells it.';
comment on column news_item_securities.news_sequence is 'The headline.';
comment on column news_item_securities.security_id is 'The name that the vendor puts to it.';
comment on column catalyst_events.journal_id is 'The journal that tells it.';
comment on column catalyst_events.sequence is 'The entry that tells it.';
comment on column catalyst_events.recorded_at is 'The instant of that entry.';
comment on column catalyst_events.news_sequence is 'The headline it was read from.';
comment on column catalyst_events.security_id is 'The name it means something for.';
comment on column catalyst_events.kind is 'What kind of news it is.';
comment on column catalyst_events.direction is 'For a long position: -1 bad, 0 neither, 1 good.';
comment on column catalyst_evidence.journal_id is 'The journal that tells it.';
comment on column catalyst_evidence.catalyst_sequence is 'The meaning that it is evidence of.';
comment on column catalyst_evidence.place is 'Its place in the list, from 1.';
comment on column catalyst_evidence.from_character is 'First character of it in the headline, counted from 0.';
comment on column catalyst_evidence.to_character is 'First character after it.';
comment on column news_sentiment.journal_id is 'The journal that tells it.';
comment on column news_sentiment.catalyst_sequence is 'The meaning it belongs to: one headline for one name.';
comment on column news_sentiment.polarity is 'How good or bad the words are for the name, from -1 to 1.';
comment on column news_sentiment.reliability is 'How often news of the source were followed by a move their way, 0 to 1; 0.5 when nothing is known.';
