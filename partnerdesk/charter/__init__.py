"""The charter: composed from the record, fixed as canonical bytes, checked, and typeset."""
