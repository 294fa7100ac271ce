-- One timer that is due and that nobody has: the claimant gets its name and its token. A moment too far ahead (a clock
-- that was put back, a past that was simulated) counts as due, or the timer would sleep for that long.
UPDATE jobs_timer SET
    run = jobs_timer.run + 1,
    due_at = walletdesk_now() + make_interval(secs => next.seconds),
    leased_until = walletdesk_now() + make_interval(secs => next.lease),
    last_started_at = walletdesk_now()
FROM (
    SELECT timer.name, declared.seconds, declared.lease
    FROM jobs_timer AS timer
    JOIN unnest(%(names)s::text[], %(seconds)s::float8[], %(leases)s::float8[]) AS declared (name, seconds, lease)
      ON declared.name = timer.name
    WHERE (timer.due_at <= walletdesk_now()
           OR timer.due_at > walletdesk_now() + make_interval(secs => declared.seconds))
      AND (timer.leased_until IS NULL OR timer.leased_until <= walletdesk_now()
           OR timer.leased_until > walletdesk_now() + make_interval(secs => declared.lease))
    ORDER BY timer.due_at, timer.name
    LIMIT 1
    FOR UPDATE OF timer SKIP LOCKED
) AS next
WHERE jobs_timer.name = next.name
RETURNING jobs_timer.name, jobs_timer.run
