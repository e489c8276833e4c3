"""The charter: composed from the record, checked, laid out as pages."""
