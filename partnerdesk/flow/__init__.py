"""The commands of a partnership, from its set-up to its signed charter, and the queries beside."""
