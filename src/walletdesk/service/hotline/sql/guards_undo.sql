DROP FUNCTION hotline_append_only, hotline_keep_call, hotline_contact_is_there, hotline_number_contact, hotline_wrap_once, hotline_keep_contact,
    hotline_keep_place, hotline_keep_promise_clock, hotline_number_on_file, hotline_note_presence, hotline_presence_agrees,
    hotline_keep_menu, hotline_wake CASCADE;
DROP TABLE hotline_day_number;
