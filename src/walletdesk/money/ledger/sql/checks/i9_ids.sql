-- I9: ids are made by the database or are random. Line and account ids come from their sequences and never ran ahead of
-- them; entry and hold ids are UUIDs of version 7 or 4, which nobody can count.
SELECT 'journal_line ' || l.id, '编号不是由数据库给出的', 'its number was not given by the database'
FROM journal_line l WHERE l.id < 1 OR l.id > coalesce((SELECT last_value FROM pg_sequences
                                                       WHERE sequencename = 'journal_line_id_seq'), l.id)
UNION ALL
SELECT 'journal_entry ' || e.id, '编号不是随机的', 'its id is not a random one'
FROM journal_entry e WHERE get_byte(uuid_send(e.id), 6) >> 4 NOT IN (4, 7) OR get_byte(uuid_send(e.id), 8) >> 6 <> 2
UNION ALL
SELECT 'funds_hold ' || h.id, '编号不是随机的', 'its id is not a random one'
FROM funds_hold h WHERE get_byte(uuid_send(h.id), 6) >> 4 NOT IN (4, 7) OR get_byte(uuid_send(h.id), 8) >> 6 <> 2
ORDER BY 1
