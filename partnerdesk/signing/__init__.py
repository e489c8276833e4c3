"""Signing a charter in the room, and telling later whether it is still what was signed."""
