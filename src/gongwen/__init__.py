"""gongwen: a compiler for Chinese official documents 公文, measured against GB/T 9704-2012."""

__version__ = "0.1.0"
