"""Policy-to-practice alignment mapper."""

__version__ = "0.1.0"
