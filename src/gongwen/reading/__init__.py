"""Reading: bytes → text → a tree of strings that know their places. `gongwen.source` is the way in.

- `decoding`: bytes → text
- `characters`: which hide from the reader, which fill a cell
- `lines`: offsets ↔ lines and columns
- `nodes`: what the tree is made of
- `scalars`: how a string is spelled in the file: quotes, escapes, folds, indents
- `comments`: what a comment stands beside or above
- `builder`: parser events → nodes, within limits
- `pitfalls`: what YAML accepts and nobody meant
- `syntax_errors`: what YAML refuses, in our words
- `faults`: the checks of all these
"""
