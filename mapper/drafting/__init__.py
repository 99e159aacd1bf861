"""Policies as living things: a draft from an official text, a new version of an old policy, likeness of two policies."""
