DROP TRIGGER cases_number_case ON cases_case;
DROP TRIGGER cases_keep_identity ON cases_case;
DROP TRIGGER cases_copy_to_payment ON cases_casepayment;
DROP TRIGGER cases_spread_openness ON cases_case;
DROP TRIGGER cases_keep_promise_clock ON cases_promise;
DROP TRIGGER cases_timeline_append_only ON cases_timelineevent;
DROP TRIGGER cases_rating_append_only ON cases_rating;
DROP FUNCTION cases_number_case, cases_keep_identity, cases_copy_to_payment, cases_spread_openness,
    cases_keep_promise_clock, cases_append_only;
DROP TABLE cases_day_number;
