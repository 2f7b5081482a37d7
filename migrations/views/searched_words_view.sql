-- One row per message that the index search_words holds, with its text.
-- Units and zone: search_id is the message's second since 1970 UTC (what is no number counts as the last one), shifted by 31 bits, and its id; so its order is that of time.
-- Left out: messages that are still to be added to the index, and those whose id has no place in 31 bits.
CREATE VIEW searched_words_view AS
SELECT ((CASE WHEN typeof(m.timestamp) IN ('integer', 'real') THEN MIN(MAX(CAST(m.timestamp AS INTEGER) / 1000, 0), 4294967295) ELSE 4294967295 END << 31) | m.id) AS search_id, m.content AS content, m.id
FROM chat_messages m
WHERE +m.id BETWEEN 0 AND 2147483647 AND +m.id > (SELECT b.missing_up_to FROM search_build b);
