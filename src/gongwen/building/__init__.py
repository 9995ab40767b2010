"""Drafts to files on disk: which of them are out of date, making those anywhere, and writing what comes back."""
