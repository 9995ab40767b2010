"""For the press: numbered copies of one finished PDF, and several finished PDFs, in one file.

What is made here was set and measured before: pages are repeated and put together, not drawn. Files are for print (PDF/X-4); the archive
keeps one copy of each document. The same input gives the same bytes.
"""

from __future__ import annotations

from gongwen.press.binding import bind
from gongwen.press.copies import copy, numbered, parts
from gongwen.press.file import PressError

__all__ = ["PressError", "bind", "copy", "numbered", "parts"]
