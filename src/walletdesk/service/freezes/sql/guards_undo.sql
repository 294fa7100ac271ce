DROP FUNCTION freezes_only_end CASCADE;
