"""Signing a charter in the room, and telling later whether it is still what was signed."""

CHILD_ARGUMENT = "--verify-in-child"
"""A frozen program that finds this as its only argument must be the verifier's child."""
