-- What the database itself holds about cases, whoever writes.

-- Reference numbers: WD-yymmdd-nnnn, counted per day in Shanghai time, by the database alone.
CREATE TABLE cases_day_number (day date PRIMARY KEY, last_number integer NOT NULL CHECK (last_number > 0));

CREATE FUNCTION cases_number_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date;
    number integer;
BEGIN
    INSERT INTO cases_day_number AS counter (day, last_number) VALUES (today, 1)
    ON CONFLICT (day) DO UPDATE SET last_number = counter.last_number + 1
    RETURNING last_number INTO number;
    NEW.reference := 'WD-' || to_char(today, 'YYMMDD') || '-' || lpad(number::text, greatest(4, length(number::text)), '0');
    RETURN NEW;
END $$;
CREATE TRIGGER cases_number_case BEFORE INSERT ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_number_case();

-- A reference, its customer and its opening never change.
CREATE FUNCTION cases_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.reference, NEW.kind, NEW.customer_id, NEW.opened_by, NEW.created_at)
       IS DISTINCT FROM (OLD.reference, OLD.kind, OLD.customer_id, OLD.opened_by, OLD.created_at) THEN
        RAISE EXCEPTION 'a case keeps its reference, kind, customer and opening' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_keep_identity BEFORE UPDATE ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_keep_identity();

-- CasePayment repeats the kind and the openness of its case; here they are kept equal.
CREATE FUNCTION cases_copy_to_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT kind, state <> 'closed' INTO NEW.case_kind, NEW.case_open FROM cases_case WHERE id = NEW.case_id;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_copy_to_payment BEFORE INSERT OR UPDATE ON cases_casepayment
    FOR EACH ROW EXECUTE FUNCTION cases_copy_to_payment();

CREATE FUNCTION cases_spread_openness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases_casepayment SET case_open = NEW.state <> 'closed' WHERE case_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_spread_openness AFTER UPDATE OF state ON cases_case FOR EACH ROW
    WHEN ((OLD.state = 'closed') <> (NEW.state = 'closed')) EXECUTE FUNCTION cases_spread_openness();

-- A promise's clock: what was promised by when never moves; what has been settled stays settled.
CREATE FUNCTION cases_keep_promise_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.case_id, NEW.kind, NEW.words, NEW.made_at, NEW.due_at)
       IS DISTINCT FROM (OLD.case_id, OLD.kind, OLD.words, OLD.made_at, OLD.due_at)
       OR (OLD.kept_at IS NOT NULL AND NEW.kept_at IS DISTINCT FROM OLD.kept_at)
       OR (OLD.broken_at IS NOT NULL AND NEW.broken_at IS DISTINCT FROM OLD.broken_at)
       OR (OLD.late_at IS NOT NULL AND NEW.late_at IS DISTINCT FROM OLD.late_at) THEN
        RAISE EXCEPTION 'a promise does not change once it is made, nor its outcome once it is known'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_keep_promise_clock BEFORE UPDATE ON cases_promise
    FOR EACH ROW EXECUTE FUNCTION cases_keep_promise_clock();

-- Append only: the timeline and the ratings.
CREATE FUNCTION cases_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cases_timeline_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_timelineevent
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
CREATE TRIGGER cases_rating_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_rating
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE ALL ON cases_day_number FROM walletdesk_app;
        REVOKE UPDATE, DELETE, TRUNCATE ON cases_timelineevent, cases_rating FROM walletdesk_app;
        REVOKE DELETE, TRUNCATE ON cases_case, cases_casepayment, cases_promise FROM walletdesk_app;
    END IF;
END $$;
