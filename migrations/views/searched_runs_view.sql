-- One row per message that the index search_runs holds: any with a character of a script that is searched by pieces of text; two spaces after the text let its last characters begin a term of three, too.
-- Units and zone: search_id is the message's second since 1970 UTC (what is no number counts as the last one), shifted by 31 bits, and its id; so its order is that of time.
-- Left out: as in searched_words_view. A text of as many characters as bytes has none of those scripts and is not looked through for them.
CREATE VIEW searched_runs_view AS
SELECT ((CASE WHEN typeof(m.timestamp) IN ('integer', 'real') THEN MIN(MAX(CAST(m.timestamp AS INTEGER) / 1000, 0), 4294967295) ELSE 4294967295 END << 31) | m.id) AS search_id, substr(CAST(m.content AS TEXT), 1, instr(m.content || char(0), char(0)) - 1) || '  ' AS content, m.id
FROM chat_messages m
WHERE +m.id BETWEEN 0 AND 2147483647 AND +m.id > (SELECT b.missing_up_to FROM search_build b) AND (typeof(m.content) <> 'text' OR length(CAST(m.content AS BLOB)) > length(m.content)) AND m.content GLOB '*[' || char(1424, 45, 7423, 11264, 45, 55295, 63744, 45, 65023, 65136, 45, 65500, 65536, 45, 126975, 131072, 45, 262143) || ']*';
