-- What the database itself holds about calls, whoever writes.

-- Append only: what happened in a call, who stood where, who heard a recording.
CREATE FUNCTION hotline_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER hotline_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hotline_callevent
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_append_only();
CREATE TRIGGER hotline_presence_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hotline_presencechange
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_append_only();
CREATE TRIGGER hotline_plays_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hotline_recordingplay
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_append_only();

-- A call keeps how it came in; an ended call stays ended, and its proof is never replaced by another person's.
CREATE FUNCTION hotline_keep_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind, NEW.number_shown, NEW.dialled, NEW.arrived_at, NEW.call_back_id)
       IS DISTINCT FROM (OLD.kind, OLD.number_shown, OLD.dialled, OLD.arrived_at, OLD.call_back_id)
       OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.outcome) IS DISTINCT FROM (OLD.ended_at, OLD.outcome))
       OR (OLD.verified_at IS NOT NULL AND (NEW.verified_at, NEW.customer_id) IS DISTINCT FROM (OLD.verified_at, OLD.customer_id))
       OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id) THEN
        RAISE EXCEPTION 'a call keeps its beginning, its proof, its case and its end' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_keep_call BEFORE UPDATE ON hotline_call FOR EACH ROW EXECUTE FUNCTION hotline_keep_call();

-- Exactly one contact for each ended call: none is missing at commit, the primary key allows no second.
CREATE FUNCTION hotline_contact_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM hotline_contact WHERE call_id = NEW.id) THEN
        RAISE EXCEPTION 'call % ended without its contact', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hotline_contact_is_there AFTER INSERT OR UPDATE OF ended_at ON hotline_call
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION hotline_contact_is_there();

-- A contact's number: HL-yymmdd-nnnn, counted per day in Shanghai time.
CREATE TABLE hotline_day_number (day date PRIMARY KEY, last_number integer NOT NULL CHECK (last_number > 0));
CREATE FUNCTION hotline_number_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (NEW.at AT TIME ZONE 'Asia/Shanghai')::date;
    number integer;
BEGIN
    INSERT INTO hotline_day_number AS counter (day, last_number) VALUES (today, 1)
    ON CONFLICT (day) DO UPDATE SET last_number = counter.last_number + 1
    RETURNING last_number INTO number;
    NEW.number := 'HL-' || to_char(today, 'YYMMDD') || '-' || lpad(number::text, greatest(4, length(number::text)), '0');
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_number_contact BEFORE INSERT ON hotline_contact FOR EACH ROW EXECUTE FUNCTION hotline_number_contact();

CREATE FUNCTION hotline_wrap_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.wrapped_at IS NOT NULL THEN
        RAISE EXCEPTION 'a conversation is wrapped up once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_wrap_once BEFORE UPDATE ON hotline_engagement FOR EACH ROW EXECUTE FUNCTION hotline_wrap_once();

CREATE FUNCTION hotline_keep_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.number, NEW.outcome, NEW.at) IS DISTINCT FROM (OLD.number, OLD.outcome, OLD.at) OR OLD.case_id IS NOT NULL THEN
        RAISE EXCEPTION 'a contact keeps its number, its outcome and its case' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_keep_contact BEFORE UPDATE ON hotline_contact FOR EACH ROW EXECUTE FUNCTION hotline_keep_contact();

-- A place keeps its age; a promise its clock, and its outcome once it is known.
CREATE FUNCTION hotline_keep_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.joined_at, NEW.order_at) IS DISTINCT FROM (OLD.joined_at, OLD.order_at) OR (OLD.state = 'left' AND NEW.state <> 'left') THEN
        RAISE EXCEPTION 'a place keeps its age, and is not taken again once left' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_keep_place BEFORE UPDATE ON hotline_queueplace FOR EACH ROW EXECUTE FUNCTION hotline_keep_place();

CREATE FUNCTION hotline_keep_promise_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.place_id, NEW.made_at, NEW.due_at) IS DISTINCT FROM (OLD.place_id, OLD.made_at, OLD.due_at)
       OR COALESCE(OLD.kept_at, OLD.broken_at, OLD.waived_at) IS NOT NULL THEN
        RAISE EXCEPTION 'a promise does not change once it is made, nor its outcome once it is known'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_keep_promise_clock BEFORE UPDATE ON hotline_callpromise
    FOR EACH ROW EXECUTE FUNCTION hotline_keep_promise_clock();

-- We call the number that has been on file for 72 hours, and no other, whoever writes the row.
CREATE FUNCTION hotline_number_on_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM customers_customer WHERE id = NEW.customer_id AND phone = NEW.number
                   AND created_at <= walletdesk_now() - interval '72 hours') THEN
        RAISE EXCEPTION 'we call back only a number that has been on file for 72 hours' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_number_on_file BEFORE INSERT OR UPDATE OF number, customer_id ON hotline_callback
    FOR EACH ROW EXECUTE FUNCTION hotline_number_on_file();

-- Presence writes its own history, and agrees at commit with offers and engagements.
CREATE FUNCTION hotline_note_presence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (NEW.state, NEW.reason) IS DISTINCT FROM (OLD.state, OLD.reason) THEN
        INSERT INTO hotline_presencechange (employee_id, state, reason, at)
        VALUES (NEW.employee_id, NEW.state, NEW.reason, NEW.since);
        PERFORM pg_notify('hotline', 'presence');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hotline_note_presence AFTER INSERT OR UPDATE ON hotline_presence
    FOR EACH ROW EXECUTE FUNCTION hotline_note_presence();

CREATE FUNCTION hotline_presence_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands text;
    engaged boolean := EXISTS (SELECT FROM hotline_engagement WHERE employee_id = NEW.employee_id AND ended_at IS NULL);
BEGIN
    SELECT state INTO stands FROM hotline_presence WHERE employee_id = NEW.employee_id;
    IF engaged IS DISTINCT FROM COALESCE(stands = 'on_call', false) THEN
        RAISE EXCEPTION 'agent % is % but %', NEW.employee_id, stands,
            CASE WHEN engaged THEN 'is with a caller' ELSE 'is with nobody' END USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hotline_presence_agrees AFTER INSERT OR UPDATE OF state ON hotline_presence
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hotline_presence_agrees();
CREATE CONSTRAINT TRIGGER hotline_engagement_agrees AFTER INSERT OR UPDATE OF ended_at ON hotline_engagement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hotline_presence_agrees();

-- A menu that has been live does not change: what a caller heard can be read again.
CREATE FUNCTION hotline_keep_menu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (NEW.tree IS DISTINCT FROM OLD.tree OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'a published menu does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hotline_keep_menu BEFORE UPDATE ON hotline_menuversion FOR EACH ROW EXECUTE FUNCTION hotline_keep_menu();

-- Who waits for rows is woken: the hotline's process, or the live page at that seat.
CREATE FUNCTION hotline_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'hotline_deskrequest' THEN
        PERFORM pg_notify('hotline', 'desk');
    ELSIF NEW.direction = 'in' THEN
        PERFORM pg_notify('hotline', 'signal');
    ELSE
        PERFORM pg_notify('walletdesk_live', 'seat:' || NEW.seat || ':' || NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hotline_wake_desk AFTER INSERT ON hotline_deskrequest FOR EACH ROW EXECUTE FUNCTION hotline_wake();
CREATE TRIGGER hotline_wake_seat AFTER INSERT ON hotline_hotlinesignal FOR EACH ROW EXECUTE FUNCTION hotline_wake();

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'walletdesk_app') THEN
        REVOKE ALL ON hotline_day_number FROM walletdesk_app;
        REVOKE UPDATE, DELETE, TRUNCATE ON hotline_callevent, hotline_presencechange, hotline_recordingplay FROM walletdesk_app;
        REVOKE DELETE, TRUNCATE ON hotline_call, hotline_callleg, hotline_queueplace, hotline_callpromise, hotline_callback,
            hotline_callbacktry, hotline_contact, hotline_recording, hotline_recordingpermit, hotline_survey, hotline_offer,
            hotline_engagement, hotline_menuversion FROM walletdesk_app;
    END IF;
END $$;
