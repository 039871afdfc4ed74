set local search_path to catalyst, public;
drop table news_sentiment, catalyst_evidence, catalyst_events, news_item_securities, news_items;
drop type catalyst_kind;
